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

// A date of the calendar in the year that begins with the 1st of March before it: so the day that
// leap years have is the last. 32 bits hold all of it, and are divided for several rows at a time.
struct MarchDate {
    llvm::Value* year;  // in which it begins
    llvm::Value* month; // 0: March, to 11
    llvm::Value* day;   // of the month, 0 to 30
};

class MarchCalendar {
public:
    explicit MarchCalendar(llvm::IRBuilder<>& ir) : ir_(ir) {}

    MarchDate of(llvm::Value* date) {
        constexpr std::int64_t kYearZero = -719'468; // 1 March of the year 0
        auto* const since = ir_.CreateTrunc(
            ir_.CreateSub(date, ir_.getInt64(static_cast<std::uint64_t>(kYearZero))),
            ir_.getInt32Ty());
        auto* const era = divided(since, kDaysOfEra);
        auto* const day_of_era = ir_.CreateSub(since, times(era, kDaysOfEra));
        // without the leap days before it
        auto* const days = ir_.CreateSub(
            ir_.CreateAdd(ir_.CreateSub(day_of_era, divided(day_of_era, 4 * kDaysOfYear)),
                          divided(day_of_era, 36'524)),
            divided(day_of_era, kDaysOfEra - 1));
        auto* const year = divided(days, kDaysOfYear);
        auto* const day_of_year = ir_.CreateSub(day_of_era, days_before(year));
        auto* const month =
            divided(ir_.CreateAdd(times(day_of_year, 5), ir_.getInt32(2)), kDaysOfFiveMonths);
        auto* const day = ir_.CreateSub(day_of_year, days_before_month(month));
        return {ir_.CreateAdd(year, times(era, 400)), month, day};
    }
    // 1 January comes 10 months after the year's begin.
    llvm::Value* is_of_next_year(const MarchDate& date) {
        return ir_.CreateICmpUGE(date.month, ir_.getInt32(10));
    }
    llvm::Value* year(const MarchDate& date) {
        return ir_.CreateAdd(date.year, ir_.CreateZExt(is_of_next_year(date), ir_.getInt32Ty()));
    }
    llvm::Value* month(const MarchDate& date) {
        return ir_.CreateSelect(is_of_next_year(date), ir_.CreateSub(date.month, ir_.getInt32(9)),
                                ir_.CreateAdd(date.month, ir_.getInt32(3)));
    }
    // Days since 1 January of the date's year.
    llvm::Value* day_of_year(const MarchDate& date) {
        constexpr std::uint32_t kOfJanuary = 306; // that comes so many days after 1 March
        constexpr std::uint32_t kBeforeMarch = 59;
        auto* const since_march = ir_.CreateAdd(days_before_month(date.month), date.day);
        auto* const leap = ir_.CreateZExt(is_leap(date.year), ir_.getInt32Ty());
        return ir_.CreateSelect(
            is_of_next_year(date), ir_.CreateSub(since_march, ir_.getInt32(kOfJanuary)),
            ir_.CreateAdd(ir_.CreateAdd(since_march, ir_.getInt32(kBeforeMarch)), leap));
    }

private:
    static constexpr std::uint32_t kDaysOfYear = 365;
    static constexpr std::uint32_t kDaysOfEra = 146'097;    // 400 years
    static constexpr std::uint32_t kDaysOfFiveMonths = 153; // from March on, and from August on

    llvm::Value* divided(llvm::Value* value, std::uint32_t by) {
        return ir_.CreateUDiv(value, ir_.getInt32(by));
    }
    llvm::Value* times(llvm::Value* value, std::uint32_t factor) {
        return ir_.CreateMul(value, ir_.getInt32(factor));
    }
    // Of the years of an era that come before it.
    llvm::Value* days_before(llvm::Value* year) {
        return ir_.CreateSub(ir_.CreateAdd(times(year, kDaysOfYear), divided(year, 4)),
                             divided(year, 100));
    }
    llvm::Value* days_before_month(llvm::Value* month) {
        return divided(ir_.CreateAdd(times(month, kDaysOfFiveMonths), ir_.getInt32(2)), 5);
    }
    llvm::Value* is_multiple(llvm::Value* value, std::uint32_t of) {
        return ir_.CreateICmpEQ(ir_.CreateURem(value, ir_.getInt32(of)), ir_.getInt32(0));
    }
    llvm::Value* is_leap(llvm::Value* year) {
        auto* const century =
            ir_.CreateAnd(is_multiple(year, 100), ir_.CreateNot(is_multiple(year, 400)));
        return ir_.CreateAnd(is_multiple(year, 4), ir_.CreateNot(century));
    }

    llvm::IRBuilder<>& ir_;
};

// found(calendar, date in it), 32 bits: what is asked of a date in the calendar.
template <class Found>
Lowered of_date(const Operation& operation, const Found& found) {
    auto& ir = operation.ir();
    const Lowered date = operation.operand(0);
    MarchCalendar calendar(ir);
    auto* const value = found(calendar, calendar.of(date.value));
    return {ir.CreateZExt(value, ir.getInt64Ty()),
            ir.CreateAnd(date.known, in_calendar(ir, date.value))};
}

// The date less so many days.
template <class Days>
Lowered days_earlier(const Operation& operation, const Days& days) {
    const Lowered back = of_date(operation, days);
    return {operation.ir().CreateSub(operation.operand(0).value, back.value), back.known};
}

} // namespace

Lowered lower(Is<Op::Year>, const Operation& operation) {
    return of_date(operation, [](MarchCalendar& calendar, const MarchDate& date) {
        return calendar.year(date);
    });
}

Lowered lower(Is<Op::Month>, const Operation& operation) {
    return of_date(operation, [](MarchCalendar& calendar, const MarchDate& date) {
        return calendar.month(date);
    });
}

Lowered lower(Is<Op::Day>, const Operation& operation) {
    return of_date(operation, [&](MarchCalendar&, const MarchDate& date) {
        return operation.ir().CreateAdd(date.day, operation.ir().getInt32(1));
    });
}

Lowered lower(Is<Op::StartOfMonth>, const Operation& operation) {
    return days_earlier(operation, [](MarchCalendar&, const MarchDate& date) { return date.day; });
}

Lowered lower(Is<Op::StartOfYear>, const Operation& operation) {
    return days_earlier(operation, [](MarchCalendar& calendar, const MarchDate& date) {
        return calendar.day_of_year(date);
    });
}

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
