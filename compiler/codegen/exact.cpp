#include "compiler/codegen/exact.hpp"

#include <limits>

#include <llvm/IR/Intrinsics.h>

namespace rulec::codegen {

namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;

llvm::Value* signed_constant(llvm::IRBuilder<>& ir, std::int64_t value) {
    return ir.getInt64(static_cast<std::uint64_t>(value));
}

llvm::Value* real(llvm::IRBuilder<>& ir, double value) {
    return llvm::ConstantFP::get(ir.getDoubleTy(), value);
}

llvm::Value* widened(llvm::IRBuilder<>& ir, llvm::Value* value) {
    return ir.CreateSExt(value, ir.getInt128Ty());
}

// (int64_t)wide == wide
Checked narrowed(llvm::IRBuilder<>& ir, llvm::Value* wide) {
    auto* const narrow = ir.CreateTrunc(wide, ir.getInt64Ty());
    return {narrow, ir.CreateICmpEQ(widened(ir, narrow), wide)};
}

// A factor that is a constant tells between which values the product fits: such a check is done for
// several rows at a time, unlike that of the instruction.
Checked multiply_by_constant(llvm::IRBuilder<>& ir, llvm::Value* a, std::int64_t factor) {
    using Limits = std::numeric_limits<std::int64_t>;
    auto* const product = ir.CreateMul(a, signed_constant(ir, factor));
    if (factor == 0 || factor == 1)
        return {product, ir.getTrue()};
    if (factor == -1)
        return {product, ir.CreateICmpNE(a, signed_constant(ir, Limits::min()))};
    const std::int64_t first = Limits::min() / factor;
    const std::int64_t second = Limits::max() / factor;
    return {product, is_between(ir, a, std::min(first, second), std::max(first, second))};
}

} // namespace

// Overflow has the sign that neither operand has: (a ^ r) & (b ^ r) < 0.
Checked checked_add(llvm::IRBuilder<>& ir, llvm::Value* a, llvm::Value* b) {
    auto* const sum = ir.CreateAdd(a, b);
    auto* const signs = ir.CreateAnd(ir.CreateXor(a, sum), ir.CreateXor(b, sum));
    return {sum, ir.CreateICmpSGE(signs, ir.getInt64(0))};
}

// (a ^ b) & (a ^ r) < 0
Checked checked_subtract(llvm::IRBuilder<>& ir, llvm::Value* a, llvm::Value* b) {
    auto* const difference = ir.CreateSub(a, b);
    auto* const signs = ir.CreateAnd(ir.CreateXor(a, b), ir.CreateXor(a, difference));
    return {difference, ir.CreateICmpSGE(signs, ir.getInt64(0))};
}

Checked checked_multiply(llvm::IRBuilder<>& ir, llvm::Value* a, llvm::Value* b) {
    if (const auto* factor = llvm::dyn_cast<llvm::ConstantInt>(b))
        return multiply_by_constant(ir, a, factor->getSExtValue());
    if (const auto* factor = llvm::dyn_cast<llvm::ConstantInt>(a))
        return multiply_by_constant(ir, b, factor->getSExtValue());
    auto* const both = ir.CreateBinaryIntrinsic(llvm::Intrinsic::smul_with_overflow, a, b);
    return {ir.CreateExtractValue(both, 0), ir.CreateNot(ir.CreateExtractValue(both, 1))};
}

llvm::Value* is_between(llvm::IRBuilder<>& ir, llvm::Value* value, std::int64_t low,
                        std::int64_t high) {
    return ir.CreateAnd(ir.CreateICmpSGE(value, signed_constant(ir, low)),
                        ir.CreateICmpSLE(value, signed_constant(ir, high)));
}

// q = n / d, r = n % d; away from zero by one where 2|r| > |d|, or = |d| and q is odd.
Checked divide_half_even(llvm::IRBuilder<>& ir, llvm::Value* numerator, llvm::Value* divisor) {
    auto* const wide = ir.getInt128Ty();
    auto* const zero = llvm::ConstantInt::get(wide, 0);
    auto* const one = llvm::ConstantInt::get(wide, 1);
    const auto size = [&](llvm::Value* value) {
        return ir.CreateSelect(ir.CreateICmpSLT(value, zero), ir.CreateNeg(value), value);
    };
    auto* const can_divide = ir.CreateICmpNE(divisor, zero);
    auto* const safe = ir.CreateSelect(can_divide, divisor, one); // the instruction traps on 0
    auto* const quotient = ir.CreateSDiv(numerator, safe);
    auto* const remainder = ir.CreateSub(numerator, ir.CreateMul(quotient, safe));
    auto* const left = size(remainder);
    auto* const rest = ir.CreateSub(size(safe), left);
    auto* const is_odd = ir.CreateTrunc(quotient, ir.getInt1Ty());
    auto* const away = ir.CreateOr(ir.CreateICmpSGT(left, rest),
                                   ir.CreateAnd(ir.CreateICmpEQ(left, rest), is_odd));
    auto* const same_sign = ir.CreateICmpSGE(ir.CreateXor(numerator, safe), zero);
    auto* const step = ir.CreateSelect(same_sign, one, ir.CreateNeg(one));
    auto* const rounded = ir.CreateSelect(away, ir.CreateAdd(quotient, step), quotient);
    const Checked result = narrowed(ir, rounded);
    return {result.value, ir.CreateAnd(result.fits, can_divide)};
}

Checked multiply_divide(llvm::IRBuilder<>& ir, llvm::Value* a, llvm::Value* b,
                        llvm::Value* divisor) {
    return divide_half_even(ir, ir.CreateMul(widened(ir, a), widened(ir, b)), widened(ir, divisor));
}

Checked integer_of_whole(llvm::IRBuilder<>& ir, llvm::Value* whole) {
    auto* const fits = ir.CreateAnd(ir.CreateFCmpOGE(whole, real(ir, -kTwoTo63)),
                                    ir.CreateFCmpOLT(whole, real(ir, kTwoTo63)));
    auto* const integer = ir.CreateIntrinsic(llvm::Intrinsic::fptosi_sat,
                                             {ir.getInt64Ty(), ir.getDoubleTy()}, {whole});
    return {integer, fits};
}

Checked exact_number(llvm::IRBuilder<>& ir, llvm::Value* integer) {
    auto* const number = ir.CreateSIToFP(integer, ir.getDoubleTy());
    const Checked back = integer_of_whole(ir, number);
    return {number, ir.CreateAnd(back.fits, ir.CreateICmpEQ(back.value, integer))};
}

llvm::Value* is_finite(llvm::IRBuilder<>& ir, llvm::Value* number) {
    auto* const size = ir.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, number);
    return ir.CreateFCmpOLT(size, llvm::ConstantFP::getInfinity(ir.getDoubleTy()));
}

} // namespace rulec::codegen
