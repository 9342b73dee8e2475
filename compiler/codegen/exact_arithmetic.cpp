// Arithmetic on 64-bit integers in the unit of their type. What does not fit is unknown.
#include <limits>

#include "compiler/codegen/exact.hpp"
#include "compiler/codegen/operation.hpp"
#include "runtime/value/amount.hpp"
#include "runtime/value/calendar.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
using plan::Op;

namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

llvm::Value* constant(const Operation& operation, std::int64_t value) {
    return operation.ir().getInt64(static_cast<std::uint64_t>(value));
}

// Unknown where an operand is, or where the result does not fit.
template <class Function>
Lowered of_two(const Operation& operation, const Function& function) {
    auto& ir = operation.ir();
    const Lowered a = operation.operand(0);
    const Lowered b = operation.operand(1);
    const Checked result = function(ir, a.value, b.value);
    return {result.value, ir.CreateAnd(ir.CreateAnd(a.known, b.known), result.fits)};
}

// A time outside of the calendar is as little a time as one that does not fit.
Lowered within_calendar(const Operation& operation, const Lowered& result) {
    if (!operation.node.type.is(plan::TypeKind::Time))
        return result;
    auto& ir = operation.ir();
    return {result.value, ir.CreateAnd(result.known, is_between(ir, result.value,
                                                                rulebook::kFirstTime.microseconds,
                                                                rulebook::kLastTime.microseconds))};
}

// a * b / 1,000,000
Checked times_percent(llvm::IRBuilder<>& ir, llvm::Value* a, llvm::Value* b) {
    return multiply_divide(ir, a, b, ir.getInt64(rulebook::kMillionthsPerOne));
}

// date ± duration / day; a part of a day leads to no date
Lowered whole_days(const Operation& operation, bool backwards) {
    return of_two(operation, [&](llvm::IRBuilder<>& ir, llvm::Value* date, llvm::Value* duration) {
        auto* const day = constant(operation, rulebook::kMicrosecondsPerDay);
        auto* const days = ir.CreateSDiv(duration, day);
        auto* const whole = ir.CreateICmpEQ(ir.CreateMul(days, day), duration);
        const Checked moved =
            backwards ? checked_subtract(ir, date, days) : checked_add(ir, date, days);
        auto* const exists =
            is_between(ir, moved.value, rulebook::kFirstDate.days, rulebook::kLastDate.days);
        return Checked{moved.value, ir.CreateAnd(ir.CreateAnd(moved.fits, whole), exists)};
    });
}

// Of all operands; of equal ones the first.
Lowered extreme(const Operation& operation, bool greatest) {
    auto& ir = operation.ir();
    Lowered best = operation.operand(0);
    for (std::size_t i = 1; i < operation.operand_count(); ++i) {
        const Lowered next = operation.operand(i);
        llvm::Value* const a = greatest ? best.value : next.value;
        llvm::Value* const b = greatest ? next.value : best.value;
        auto* const better =
            a->getType()->isDoubleTy() ? ir.CreateFCmpOLT(a, b) : ir.CreateICmpSLT(a, b);
        best = {ir.CreateSelect(better, next.value, best.value),
                ir.CreateAnd(best.known, next.known)};
    }
    return best;
}

} // namespace

Lowered lower(Is<Op::AddExact>, const Operation& operation) {
    return within_calendar(operation, of_two(operation, checked_add));
}

Lowered lower(Is<Op::SubtractExact>, const Operation& operation) {
    return within_calendar(operation, of_two(operation, checked_subtract));
}

Lowered lower(Is<Op::MultiplyExact>, const Operation& operation) {
    return of_two(operation, checked_multiply);
}

Lowered lower(Is<Op::NegateExact>, const Operation& operation) {
    auto& ir = operation.ir();
    const Lowered a = operation.operand(0);
    return {ir.CreateNeg(a.value),
            ir.CreateAnd(a.known, ir.CreateICmpNE(a.value, constant(operation, kLeast)))};
}

Lowered lower(Is<Op::AbsExact>, const Operation& operation) {
    auto& ir = operation.ir();
    const Lowered a = operation.operand(0);
    auto* const below = ir.CreateICmpSLT(a.value, ir.getInt64(0));
    return {ir.CreateSelect(below, ir.CreateNeg(a.value), a.value),
            ir.CreateAnd(a.known, ir.CreateICmpNE(a.value, constant(operation, kLeast)))};
}

Lowered lower(Is<Op::MultiplyPercent>, const Operation& operation) {
    return of_two(operation, times_percent);
}

Lowered lower(Is<Op::MultiplyMoneyPercent>, const Operation& operation) {
    return of_two(operation, times_percent);
}

// a * 1,000,000 / b; nothing is a share of 0
Lowered lower(Is<Op::Share>, const Operation& operation) {
    return of_two(operation, [](llvm::IRBuilder<>& ir, llvm::Value* a, llvm::Value* b) {
        return multiply_divide(ir, a, ir.getInt64(rulebook::kMillionthsPerOne), b);
    });
}

// The nearest multiple of a step above 0; of two equally near the even one.
Lowered lower(Is<Op::RoundExact>, const Operation& operation) {
    return of_two(operation, [](llvm::IRBuilder<>& ir, llvm::Value* value, llvm::Value* step) {
        auto* const has_step = ir.CreateICmpSGT(step, ir.getInt64(0));
        auto* const safe = ir.CreateSelect(has_step, step, ir.getInt64(1));
        const Checked steps = multiply_divide(ir, value, ir.getInt64(1), safe);
        const Checked result = checked_multiply(ir, steps.value, safe);
        return Checked{result.value, ir.CreateAnd(has_step, result.fits)};
    });
}

Lowered lower(Is<Op::AddDays>, const Operation& operation) {
    return whole_days(operation, false);
}

Lowered lower(Is<Op::SubtractDays>, const Operation& operation) {
    return whole_days(operation, true);
}

Lowered lower(Is<Op::Minimum>, const Operation& operation) {
    return extreme(operation, false);
}

Lowered lower(Is<Op::Maximum>, const Operation& operation) {
    return extreme(operation, true);
}

} // namespace rulec::codegen
