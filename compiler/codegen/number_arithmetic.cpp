// Arithmetic of `number`: each operation is one binary64 operation; NaN and infinities are unknown.
// Also what leads from exact values to numbers and back.
#include <llvm/IR/Intrinsics.h>

#include "compiler/codegen/exact.hpp"
#include "compiler/codegen/operation.hpp"
#include "runtime/value/amount.hpp"
#include "runtime/value/number.hpp"

namespace rulec::codegen {

using rulebook::plan::Op;

namespace {

llvm::Value* constant(llvm::IRBuilder<>& ir, double value) {
    return llvm::ConstantFP::get(ir.getDoubleTy(), value);
}

// `function` of two numbers, where it is finite.
template <class Function>
Lowered of_two(const Operation& operation, const Function& function) {
    auto& ir = operation.ir();
    const Lowered a = operation.operand(0);
    const Lowered b = operation.operand(1);
    auto* const result = function(ir, a.value, b.value);
    return {result, ir.CreateAnd(ir.CreateAnd(a.known, b.known), is_finite(ir, result))};
}

// A number that is rounded to a whole one in one direction, as an integer.
Lowered rounded(const Operation& operation, llvm::Intrinsic::ID towards) {
    auto& ir = operation.ir();
    const Lowered a = operation.operand(0);
    const Checked whole = integer_of_whole(ir, ir.CreateUnaryIntrinsic(towards, a.value));
    return {whole.value, ir.CreateAnd(a.known, whole.fits)};
}

// As rulebook::nearest_whole_half_even, signs of zeros included.
llvm::Value* whole_half_even(llvm::IRBuilder<>& ir, llvm::Value* number) {
    auto* const below = ir.CreateUnaryIntrinsic(llvm::Intrinsic::floor, number);
    auto* const above_below = ir.CreateFSub(number, below);
    auto* const half = ir.CreateFMul(below, constant(ir, 0.5));
    auto* const is_even =
        ir.CreateFCmpOEQ(ir.CreateUnaryIntrinsic(llvm::Intrinsic::floor, half), half);
    auto* const is_below =
        ir.CreateOr(ir.CreateFCmpOLT(above_below, constant(ir, 0.5)),
                    ir.CreateAnd(ir.CreateFCmpOEQ(above_below, constant(ir, 0.5)), is_even));
    return ir.CreateSelect(is_below, below, ir.CreateFAdd(below, constant(ir, 1.0)));
}

// Minor units as a number, where they are within ±2^53.
Checked exact_amount(llvm::IRBuilder<>& ir, llvm::Value* money) {
    return {
        ir.CreateSIToFP(money, ir.getDoubleTy()),
        is_between(ir, money, -rulebook::kGreatestExactInteger, rulebook::kGreatestExactInteger)};
}

// Half to even, where the amount is within ±2^53.
Checked amount_from(llvm::IRBuilder<>& ir, llvm::Value* minor_units) {
    constexpr auto kGreatest = static_cast<double>(rulebook::kGreatestExactInteger);
    auto* const fits = ir.CreateAnd(ir.CreateFCmpOGE(minor_units, constant(ir, -kGreatest)),
                                    ir.CreateFCmpOLE(minor_units, constant(ir, kGreatest)));
    auto* const whole = ir.CreateUnaryIntrinsic(llvm::Intrinsic::roundeven, minor_units);
    return {integer_of_whole(ir, whole).value, fits};
}

// `scaled` of the amount as a number, and of the number.
template <class Scaled>
Lowered of_money(const Operation& operation, const Scaled& scaled) {
    auto& ir = operation.ir();
    const Lowered money = operation.operand(0);
    const Lowered number = operation.operand(1);
    const Checked amount = exact_amount(ir, money.value);
    const Checked result = amount_from(ir, scaled(ir, amount.value, number.value));
    return {result.value, ir.CreateAnd(ir.CreateAnd(money.known, number.known),
                                       ir.CreateAnd(amount.fits, result.fits))};
}

// a / b of integers that are exact as numbers
Checked ratio(llvm::IRBuilder<>& ir, llvm::Value* a, llvm::Value* b) {
    const Checked numerator = exact_number(ir, a);
    const Checked denominator = exact_number(ir, b);
    auto* const fits = ir.CreateAnd(ir.CreateAnd(numerator.fits, denominator.fits),
                                    ir.CreateICmpNE(b, ir.getInt64(0)));
    return {ir.CreateFDiv(numerator.value, denominator.value), fits};
}

} // namespace

Lowered lower(Is<Op::AddNumber>, const Operation& operation) {
    return of_two(operation, [](auto& ir, auto* a, auto* b) { return ir.CreateFAdd(a, b); });
}

Lowered lower(Is<Op::SubtractNumber>, const Operation& operation) {
    return of_two(operation, [](auto& ir, auto* a, auto* b) { return ir.CreateFSub(a, b); });
}

Lowered lower(Is<Op::MultiplyNumber>, const Operation& operation) {
    return of_two(operation, [](auto& ir, auto* a, auto* b) { return ir.CreateFMul(a, b); });
}

// By 0 it is infinite or NaN: unknown.
Lowered lower(Is<Op::DivideNumber>, const Operation& operation) {
    return of_two(operation, [](auto& ir, auto* a, auto* b) { return ir.CreateFDiv(a, b); });
}

Lowered lower(Is<Op::NegateNumber>, const Operation& operation) {
    const Lowered a = operation.operand(0);
    return {operation.ir().CreateFNeg(a.value), a.known};
}

Lowered lower(Is<Op::AbsNumber>, const Operation& operation) {
    const Lowered a = operation.operand(0);
    return {operation.ir().CreateUnaryIntrinsic(llvm::Intrinsic::fabs, a.value), a.known};
}

// As rulebook::round_to_step: steps that are parts of 1 are counted, not multiplied.
Lowered lower(Is<Op::RoundNumber>, const Operation& operation) {
    constexpr auto kMostParts = static_cast<double>(rulebook::kGreatestExactInteger);
    auto& ir = operation.ir();
    const Lowered value = operation.operand(0);
    const Lowered step = operation.operand(1);
    auto* const parts = ir.CreateUnaryIntrinsic(llvm::Intrinsic::roundeven,
                                                ir.CreateFDiv(constant(ir, 1.0), step.value));
    auto* const are_many = ir.CreateAnd(ir.CreateFCmpOGT(parts, constant(ir, 1.0)),
                                        ir.CreateFCmpOLE(parts, constant(ir, kMostParts)));
    auto* const are_exact = ir.CreateFCmpOEQ(ir.CreateFDiv(constant(ir, 1.0), parts), step.value);
    auto* const counted =
        ir.CreateFDiv(whole_half_even(ir, ir.CreateFMul(value.value, parts)), parts);
    auto* const multiplied =
        ir.CreateFMul(whole_half_even(ir, ir.CreateFDiv(value.value, step.value)), step.value);
    auto* const result = ir.CreateSelect(ir.CreateAnd(are_many, are_exact), counted, multiplied);
    auto* const fits =
        ir.CreateAnd(ir.CreateFCmpOGT(step.value, constant(ir, 0.0)), is_finite(ir, result));
    return {result, ir.CreateAnd(ir.CreateAnd(value.known, step.known), fits)};
}

Lowered lower(Is<Op::Floor>, const Operation& operation) {
    return rounded(operation, llvm::Intrinsic::floor);
}

Lowered lower(Is<Op::Ceil>, const Operation& operation) {
    return rounded(operation, llvm::Intrinsic::ceil);
}

Lowered lower(Is<Op::IntToNumber>, const Operation& operation) {
    auto& ir = operation.ir();
    const Lowered a = operation.operand(0);
    const Checked number = exact_number(ir, a.value);
    return {number.value, ir.CreateAnd(a.known, number.fits)};
}

// millionths / 1,000,000
Lowered lower(Is<Op::PercentToNumber>, const Operation& operation) {
    auto& ir = operation.ir();
    const Lowered a = operation.operand(0);
    const Checked number = exact_number(ir, a.value);
    constexpr auto kMillion = static_cast<double>(rulebook::kMillionthsPerOne);
    return {ir.CreateFDiv(number.value, constant(ir, kMillion)),
            ir.CreateAnd(a.known, number.fits)};
}

// hundredths / 100
Lowered lower(Is<Op::PointsToNumber>, const Operation& operation) {
    auto& ir = operation.ir();
    const Lowered a = operation.operand(0);
    const Checked points = ratio(ir, a.value, ir.getInt64(rulebook::kHundredthsPerPoint));
    return {points.value, ir.CreateAnd(a.known, points.fits)};
}

Lowered lower(Is<Op::DivideExact>, const Operation& operation) {
    auto& ir = operation.ir();
    const Lowered a = operation.operand(0);
    const Lowered b = operation.operand(1);
    const Checked quotient = ratio(ir, a.value, b.value);
    return {quotient.value, ir.CreateAnd(ir.CreateAnd(a.known, b.known), quotient.fits)};
}

Lowered lower(Is<Op::MultiplyMoneyNumber>, const Operation& operation) {
    return of_money(operation, [](auto& ir, auto* amount, auto* number) {
        return ir.CreateFMul(amount, number);
    });
}

// By 0 it is infinite or NaN: unknown.
Lowered lower(Is<Op::DivideMoneyNumber>, const Operation& operation) {
    return of_money(operation, [](auto& ir, auto* amount, auto* number) {
        return ir.CreateFDiv(amount, number);
    });
}

// The rate is scaled first where the currencies' digits differ.
Lowered lower(Is<Op::ConvertMoney>, const Operation& operation) {
    const auto from = static_cast<double>(operation.operand_type(0).currency().minor_units());
    const auto to = static_cast<double>(operation.node.type.currency().minor_units());
    return of_money(operation, [&](auto& ir, auto* amount, auto* rate) {
        auto* const factor = to >= from ? ir.CreateFMul(rate, constant(ir, to / from))
                                        : ir.CreateFDiv(rate, constant(ir, from / to));
        return ir.CreateFMul(amount, factor);
    });
}

} // namespace rulec::codegen
