// Dates and times in the rulebook's zone. What leaves the years 0001 to 9999 is unknown.
#include "runtime/interpret/lift.hpp"
#include "runtime/time/zone.hpp"
#include "runtime/value/amount.hpp"
#include "runtime/value/calendar.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::interpret {

using plan::Op;
using Integer = std::int64_t;

Value evaluate(Is<Op::EvaluationInstant>, const Call& call) {
    return Value::of(call.evaluation.instant());
}

Value evaluate(Is<Op::DateOf>, const Call& call) {
    return lift<Integer>(call, [&](Integer microseconds) {
        const Time time{microseconds};
        if (!in_calendar(time))
            return call.unknown(Cause::Overflow);
        return Value::of(Integer{time::date_of(*call.evaluation.preparation().zone, time).days});
    });
}

Value evaluate(Is<Op::DaysBetween>, const Call& call) {
    return lift<Integer, Integer>(call, Cause::Overflow, [](Integer first, Integer second) {
        return checked_subtract(second, first);
    });
}

// `function` of a date that is in the calendar.
template <class Function>
static Value of_date(const Call& call, const Function& function) {
    return lift<Integer>(call, [&](Integer days) {
        if (days < kFirstDate.days || days > kLastDate.days)
            return call.unknown(Cause::Overflow);
        return Value::of(Integer{function(Date{static_cast<std::int32_t>(days)})});
    });
}

Value evaluate(Is<Op::Year>, const Call& call) {
    return of_date(call, [](Date date) { return civil(date).year; });
}

Value evaluate(Is<Op::Month>, const Call& call) {
    return of_date(call, [](Date date) { return civil(date).month; });
}

Value evaluate(Is<Op::Day>, const Call& call) {
    return of_date(call, [](Date date) { return civil(date).day; });
}

Value evaluate(Is<Op::Weekday>, const Call& call) {
    return of_date(call, [](Date date) { return static_cast<int>(weekday(date)); });
}

Value evaluate(Is<Op::StartOfWeek>, const Call& call) {
    return of_date(call, [](Date date) { return start_of_iso_week(date).days; });
}

Value evaluate(Is<Op::StartOfMonth>, const Call& call) {
    return of_date(call, [](Date date) { return start_of_month(date).days; });
}

Value evaluate(Is<Op::StartOfYear>, const Call& call) {
    return of_date(call, [](Date date) { return start_of_year(date).days; });
}

Value evaluate(Is<Op::StartOfDay>, const Call& call) {
    return of_date(call, [&](Date date) {
        return time::start_of_day(*call.evaluation.preparation().zone, date).microseconds;
    });
}

// The operand as it was `detail` microseconds earlier.
static Value as_of_ago(const Call& call) {
    const auto then = checked_subtract(call.evaluation.instant(), call.node.detail);
    if (!then)
        return call.unknown(Cause::Overflow);
    return call.evaluation.value_at(call.node.operands[0], *then);
}

Value evaluate(Is<Op::AsOfAgo>, const Call& call) {
    return as_of_ago(call);
}

// relative(now, then), where both are known.
template <class Relative>
static Value change(const Call& call, const Relative& relative) {
    const Value now = call.operand(0);
    if (!now.known())
        return now;
    const Value then = as_of_ago(call);
    return then.known() ? relative(now, then) : then;
}

Value evaluate(Is<Op::Change>, const Call& call) {
    return change(call, [&](const Value& now, const Value& then) {
        if (then.integer() == 0)
            return call.unknown(Cause::DivisionByZero);
        return to_value(call, Cause::Overflow, relative_change(now.integer(), then.integer()));
    });
}

Value evaluate(Is<Op::ChangeNumber>, const Call& call) {
    return change(call, [&](const Value& now, const Value& then) {
        if (then.real() == 0.0)
            return call.unknown(Cause::DivisionByZero);
        return to_value(call, Cause::Overflow, relative_change(now.real(), then.real()));
    });
}

} // namespace rulebook::interpret
