// Dates, without zones. What leaves the years 0001 to 9999 is unknown.
#include "compiler/codegen/exact.hpp"
#include "compiler/codegen/operation.hpp"
#include "runtime/value/calendar.hpp"

namespace rulec::codegen {

using rulebook::plan::Op;

namespace {

constexpr std::int64_t kDaysPerWeek = 7;
// A Monday that no date comes before.
constexpr std::int64_t kEarlyMonday =
    rulebook::kFirstDate.days - kDaysPerWeek -
    (static_cast<std::int64_t>(rulebook::kFirstDate.days) + 3 - kDaysPerWeek) % kDaysPerWeek;
static_assert((kEarlyMonday + 3) % kDaysPerWeek == 0, "1970-01-01 is a Thursday");
static_assert(kEarlyMonday <= rulebook::kFirstDate.days);

// Days since the last Monday, 0 to 6, of a date in the calendar.
llvm::Value* days_since_monday(llvm::IRBuilder<>& ir, llvm::Value* date) {
    auto* const since = ir.CreateSub(date, ir.getInt64(static_cast<std::uint64_t>(kEarlyMonday)));
    // 32 bits hold it, and are divided for several rows at a time.
    auto* const days = ir.CreateURem(ir.CreateTrunc(since, ir.getInt32Ty()), ir.getInt32(7));
    return ir.CreateZExt(days, ir.getInt64Ty());
}

llvm::Value* in_calendar(llvm::IRBuilder<>& ir, llvm::Value* date) {
    return is_between(ir, date, rulebook::kFirstDate.days, rulebook::kLastDate.days);
}

} // namespace

// second - first
Lowered lower(Is<Op::DaysBetween>, const Operation& operation) {
    auto& ir = operation.ir();
    const Lowered first = operation.operand(0);
    const Lowered second = operation.operand(1);
    const Checked days = checked_subtract(ir, second.value, first.value);
    return {days.value, ir.CreateAnd(ir.CreateAnd(first.known, second.known), days.fits)};
}

Lowered lower(Is<Op::Weekday>, const Operation& operation) {
    auto& ir = operation.ir();
    const Lowered date = operation.operand(0);
    return {ir.CreateAdd(days_since_monday(ir, date.value), ir.getInt64(1)),
            ir.CreateAnd(date.known, in_calendar(ir, date.value))};
}

Lowered lower(Is<Op::StartOfWeek>, const Operation& operation) {
    auto& ir = operation.ir();
    const Lowered date = operation.operand(0);
    return {ir.CreateSub(date.value, days_since_monday(ir, date.value)),
            ir.CreateAnd(date.known, in_calendar(ir, date.value))};
}

} // namespace rulec::codegen
