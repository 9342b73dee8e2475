// Logic over three values: Kleene's.
#include "compiler/codegen/operation.hpp"

namespace rulec::codegen {

using rulebook::plan::Op;

namespace {

llvm::Value* is_true(llvm::IRBuilder<>& ir, const Lowered& truth) {
    return ir.CreateAnd(truth.known, truth.value);
}

llvm::Value* is_false(llvm::IRBuilder<>& ir, const Lowered& truth) {
    return ir.CreateAnd(truth.known, ir.CreateNot(truth.value));
}

llvm::Value* maybe_true(llvm::IRBuilder<>& ir, const Lowered& truth) {
    return ir.CreateNot(is_false(ir, truth));
}

// How many hold, as i32.
template <class Holds>
llvm::Value* how_many(const Operation& operation, const Holds& holds) {
    auto& ir = operation.ir();
    llvm::Value* sum = ir.getInt32(0);
    for (std::size_t i = 0; i < operation.operand_count(); ++i)
        sum = ir.CreateAdd(sum, ir.CreateZExt(holds(ir, operation.operand(i)), ir.getInt32Ty()));
    return sum;
}

} // namespace

// true: all are true; false: any is false
Lowered lower(Is<Op::And>, const Operation& operation) {
    auto& ir = operation.ir();
    llvm::Value* all_true = ir.getTrue();
    llvm::Value* any_false = ir.getFalse();
    for (std::size_t i = 0; i < operation.operand_count(); ++i) {
        all_true = ir.CreateAnd(all_true, is_true(ir, operation.operand(i)));
        any_false = ir.CreateOr(any_false, is_false(ir, operation.operand(i)));
    }
    return {all_true, ir.CreateOr(all_true, any_false)};
}

// true: any is true; false: all are false
Lowered lower(Is<Op::Or>, const Operation& operation) {
    auto& ir = operation.ir();
    llvm::Value* any_true = ir.getFalse();
    llvm::Value* all_false = ir.getTrue();
    for (std::size_t i = 0; i < operation.operand_count(); ++i) {
        any_true = ir.CreateOr(any_true, is_true(ir, operation.operand(i)));
        all_false = ir.CreateAnd(all_false, is_false(ir, operation.operand(i)));
    }
    return {any_true, ir.CreateOr(any_true, all_false)};
}

Lowered lower(Is<Op::Not>, const Operation& operation) {
    const Lowered truth = operation.operand(0);
    return {operation.ir().CreateNot(truth.value), truth.known};
}

// c ? a : b
Lowered lower(Is<Op::If>, const Operation& operation) {
    auto& ir = operation.ir();
    const Lowered condition = operation.operand(0);
    const Lowered chosen = operation.operand(1);
    const Lowered other = operation.operand(2);
    return {
        ir.CreateSelect(condition.value, chosen.value, other.value),
        ir.CreateAnd(condition.known, ir.CreateSelect(condition.value, chosen.known, other.known))};
}

Lowered lower(Is<Op::AtLeast>, const Operation& operation) {
    auto& ir = operation.ir();
    auto* const wanted = ir.getInt32(static_cast<std::uint32_t>(operation.node.detail));
    auto* const sure = ir.CreateICmpSGE(how_many(operation, is_true), wanted);
    auto* const possible = ir.CreateICmpSGE(how_many(operation, maybe_true), wanted);
    return {sure, ir.CreateOr(sure, ir.CreateNot(possible))};
}

Lowered lower(Is<Op::IsKnown>, const Operation& operation) {
    return {operation.operand(0).known, operation.ir().getTrue()};
}

// a known ? a : b
Lowered lower(Is<Op::Default>, const Operation& operation) {
    auto& ir = operation.ir();
    const Lowered value = operation.operand(0);
    const Lowered instead = operation.operand(1);
    return {ir.CreateSelect(value.known, value.value, instead.value),
            ir.CreateOr(value.known, instead.known)};
}

} // namespace rulec::codegen
