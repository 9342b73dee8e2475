// Operations that bring values in.
#include "compiler/codegen/operation.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
using plan::Op;

namespace {

llvm::Value* same(llvm::IRBuilder<>& ir, llvm::Value* a, llvm::Value* b) {
    return a->getType()->isDoubleTy() ? ir.CreateFCmpOEQ(a, b) : ir.CreateICmpEQ(a, b);
}

} // namespace

Lowered constant(llvm::IRBuilder<>& ir, plan::Type type, const plan::Value& literal) {
    auto* const known = ir.getInt1(literal.known());
    switch (cell_of(type)) {
    case Cell::Bool:
        return {ir.getInt1(literal.is_true()), known};
    case Cell::Real:
        return {llvm::ConstantFP::get(ir.getDoubleTy(), literal.known() ? literal.real() : 0.0),
                known};
    default:
        return {ir.getInt64(static_cast<std::uint64_t>(literal.known() ? literal.integer() : 0)),
                known};
    }
}

Lowered Emission::field(plan::FieldIndex index) {
    const plan::Field& field = plan_.schema.entities[entity()].fields[index];
    if (field.tracked)
        return tracked(index);
    return field.known_from ? dated(index) : stored(index);
}

Lowered Emission::tracked(plan::FieldIndex index) {
    const Cell cell = cell_of(plan_.schema.entities[entity()].fields[index].type);
    const auto [known, is_new] = field_arrays_.try_emplace({entity(), index}, 0);
    if (is_new) {
        known->second = new_array(rulebook::native::Source::Tracked, cell, entity());
        program_.arrays[known->second].field = index;
    }
    return {kernel_->load(known->second, cell), kernel_->load_known(known->second)};
}

// since <= instant: as stored; later: `before`. Without a date: `before`, if what is stored does
// not speak against it.
Lowered Emission::dated(plan::FieldIndex index) {
    const plan::Field& field = plan_.schema.entities[entity()].fields[index];
    auto& ir = body();
    const Lowered value = stored(index);
    const Lowered since = stored(*field.known_from);
    const Lowered before = constant(ir, field.type, field.before.value_or(plan::Value()));
    auto* const there = ir.CreateAnd(since.known, ir.CreateICmpSLE(since.value, instant()));
    auto* const as_before = ir.CreateOr(
        since.known, ir.CreateOr(ir.CreateNot(value.known), same(ir, value.value, before.value)));
    return {ir.CreateSelect(there, value.value, before.value),
            ir.CreateSelect(there, value.known, ir.CreateAnd(before.known, as_before))};
}

Lowered lower(Is<Op::Constant>, const Operation& operation) {
    return constant(operation.ir(), operation.node.type, operation.node.literal);
}

Lowered lower(Is<Op::Field>, const Operation& operation) {
    return is_text(operation.node.type) ? operation.emission.stored(operation.node.index)
                                        : operation.emission.field(operation.node.index);
}

Lowered lower(Is<Op::EvaluationInstant>, const Operation& operation) {
    return {operation.emission.instant(), operation.ir().getTrue()};
}

} // namespace rulec::codegen
