// Arithmetic on 64-bit integers in the unit of their type. What does not fit is unknown.
#include <algorithm>

#include "runtime/interpret/lift.hpp"
#include "runtime/value/amount.hpp"
#include "runtime/value/calendar.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::interpret {

using plan::Op;
using Integer = std::int64_t;

// A time outside of the calendar is as little a time as one that does not fit.
static Value within_calendar(const Call& call, Value value) {
    const bool outside = value.known() && call.node.type.is(plan::TypeKind::Time) &&
                         !in_calendar(Time{value.integer()});
    return outside ? call.unknown(Cause::Overflow) : value;
}

Value evaluate(Is<Op::AddExact>, const Call& call) {
    return within_calendar(call, lift<Integer, Integer>(call, Cause::Overflow, checked_add));
}

Value evaluate(Is<Op::SubtractExact>, const Call& call) {
    return within_calendar(call, lift<Integer, Integer>(call, Cause::Overflow, checked_subtract));
}

Value evaluate(Is<Op::MultiplyExact>, const Call& call) {
    return lift<Integer, Integer>(call, Cause::Overflow, checked_multiply);
}

Value evaluate(Is<Op::NegateExact>, const Call& call) {
    return lift<Integer>(call, Cause::Overflow, checked_negate);
}

Value evaluate(Is<Op::AbsExact>, const Call& call) {
    return lift<Integer>(call, Cause::Overflow, checked_absolute);
}

Value evaluate(Is<Op::MultiplyPercent>, const Call& call) {
    return lift<Integer, Integer>(call, Cause::Overflow, percent_times_percent);
}

// Money may stand on either side; the product is the same.
Value evaluate(Is<Op::MultiplyMoneyPercent>, const Call& call) {
    return lift<Integer, Integer>(call, Cause::Overflow, money_times_percent);
}

Value evaluate(Is<Op::Share>, const Call& call) {
    return lift<Integer, Integer>(call, [&](Integer a, Integer b) {
        if (b == 0)
            return call.unknown(Cause::DivisionByZero);
        return to_value(call, Cause::Overflow, share(a, b));
    });
}

Value evaluate(Is<Op::RoundExact>, const Call& call) {
    return lift<Integer, Integer>(call, [&](Integer value, Integer step) {
        if (step <= 0)
            return call.unknown(Cause::DivisionByZero);
        return to_value(call, Cause::Overflow, round_to_step(value, step));
    });
}

// A part of a day leads to no date: unknown.
static Value add_whole_days(const Call& call, bool backwards) {
    return lift<Integer, Integer>(call, [&](Integer date, Integer duration) {
        if (duration % kMicrosecondsPerDay != 0)
            return call.unknown(Cause::Inexact);
        const Integer days = duration / kMicrosecondsPerDay;
        const auto result = backwards ? checked_subtract(date, days) : checked_add(date, days);
        if (!result || *result < kFirstDate.days || *result > kLastDate.days)
            return call.unknown(Cause::Overflow);
        return Value::of(*result);
    });
}

Value evaluate(Is<Op::AddDays>, const Call& call) {
    return add_whole_days(call, false);
}

Value evaluate(Is<Op::SubtractDays>, const Call& call) {
    return add_whole_days(call, true);
}

// The extreme of values of one type; with an unknown operand unknown.
template <class Better>
static Value extreme(const Call& call, Better better) {
    Value best = call.operand(0);
    for (std::size_t i = 1; best.known() && i < call.operand_count(); ++i) {
        Value operand = call.operand(i);
        if (!operand.known() || better(operand, best))
            best = std::move(operand);
    }
    return best;
}

Value evaluate(Is<Op::Minimum>, const Call& call) {
    return extreme(call, [](const Value& a, const Value& b) { return a < b; });
}

Value evaluate(Is<Op::Maximum>, const Call& call) {
    return extreme(call, [](const Value& a, const Value& b) { return b < a; });
}

} // namespace rulebook::interpret
