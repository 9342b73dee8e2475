// Comparisons of operands of one type.
#include "compiler/codegen/operation.hpp"

namespace rulec::codegen {

using rulebook::plan::Op;

namespace {

enum class Relation : std::uint8_t { Equal, Less, LessEqual };

// Bools: false before true. Reals are never NaN.
llvm::Value* holds(llvm::IRBuilder<>& ir, Relation relation, llvm::Value* a, llvm::Value* b) {
    const bool real = a->getType()->isDoubleTy();
    const bool truth = a->getType()->isIntegerTy(1);
    switch (relation) {
    case Relation::Equal:
        return real ? ir.CreateFCmpOEQ(a, b) : ir.CreateICmpEQ(a, b);
    case Relation::Less:
        return real    ? ir.CreateFCmpOLT(a, b)
               : truth ? ir.CreateICmpULT(a, b)
                       : ir.CreateICmpSLT(a, b);
    case Relation::LessEqual:
        break;
    }
    return real ? ir.CreateFCmpOLE(a, b) : truth ? ir.CreateICmpULE(a, b) : ir.CreateICmpSLE(a, b);
}

Lowered compared(const Operation& operation, Relation relation, std::size_t left,
                 std::size_t right) {
    auto& ir = operation.ir();
    const Lowered a = operation.operand(left);
    const Lowered b = operation.operand(right);
    return {holds(ir, relation, a.value, b.value), ir.CreateAnd(a.known, b.known)};
}

// low <= x and x <= high: false where x is below a known low or above a known high.
Lowered in_range(const Operation& operation, Relation to_high) {
    auto& ir = operation.ir();
    const Lowered x = operation.operand(0);
    const Lowered low = operation.operand(1);
    const Lowered high = operation.operand(2);
    auto* const above_low = holds(ir, Relation::LessEqual, low.value, x.value);
    auto* const below_high = holds(ir, to_high, x.value, high.value);
    auto* const outside = ir.CreateOr(ir.CreateAnd(low.known, ir.CreateNot(above_low)),
                                      ir.CreateAnd(high.known, ir.CreateNot(below_high)));
    auto* const both_known = ir.CreateAnd(low.known, high.known);
    return {ir.CreateAnd(above_low, below_high),
            ir.CreateAnd(x.known, ir.CreateOr(outside, both_known))};
}

// x is any of the operands behind it, by their codes. (What is not in the column has none.)
Lowered is_any_text(const Operation& operation) {
    auto& ir = operation.ir();
    const Lowered x = operation.operand(0);
    const auto field = operation.emission.plan().node(operation.node.operands[0]).index;
    llvm::Value* found = ir.getFalse();
    for (std::size_t i = 1; i < operation.operand_count(); ++i)
        found =
            ir.CreateOr(found, ir.CreateICmpEQ(x.value, operation.emission.code_of_text(
                                                            field, operation.node.operands[i])));
    return {found, x.known};
}

bool is_of_texts(const Operation& operation) {
    return is_text(operation.operand_type(0));
}

} // namespace

Lowered lower(Is<Op::Equal>, const Operation& operation) {
    return is_of_texts(operation) ? is_any_text(operation)
                                  : compared(operation, Relation::Equal, 0, 1);
}

Lowered lower(Is<Op::NotEqual>, const Operation& operation) {
    const Lowered equal = lower(Is<Op::Equal>{}, operation);
    return {operation.ir().CreateNot(equal.value), equal.known};
}

Lowered lower(Is<Op::Less>, const Operation& operation) {
    return compared(operation, Relation::Less, 0, 1);
}

Lowered lower(Is<Op::LessEqual>, const Operation& operation) {
    return compared(operation, Relation::LessEqual, 0, 1);
}

Lowered lower(Is<Op::Greater>, const Operation& operation) {
    return compared(operation, Relation::Less, 1, 0);
}

Lowered lower(Is<Op::GreaterEqual>, const Operation& operation) {
    return compared(operation, Relation::LessEqual, 1, 0);
}

Lowered lower(Is<Op::InRange>, const Operation& operation) {
    return in_range(operation, Relation::LessEqual);
}

Lowered lower(Is<Op::InRangeUnder>, const Operation& operation) {
    return in_range(operation, Relation::Less);
}

// The `or` of the comparisons with the members.
Lowered lower(Is<Op::InSet>, const Operation& operation) {
    if (is_of_texts(operation))
        return is_any_text(operation);
    auto& ir = operation.ir();
    const Lowered x = operation.operand(0);
    llvm::Value* found = ir.getFalse();
    llvm::Value* all_known = ir.getTrue();
    for (std::size_t i = 1; i < operation.operand_count(); ++i) {
        const Lowered member = operation.operand(i);
        auto* const same = holds(ir, Relation::Equal, x.value, member.value);
        found = ir.CreateOr(found, ir.CreateAnd(member.known, same));
        all_known = ir.CreateAnd(all_known, member.known);
    }
    return {found, ir.CreateAnd(x.known, ir.CreateOr(found, all_known))};
}

} // namespace rulec::codegen
