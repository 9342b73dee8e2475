// Lengths of time that look back from an instant: elapsed, or in dates of a zone.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

#include "runtime/plan/node.hpp"
#include "runtime/time/calendar_window.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::interpret {

inline std::int64_t start_of_iso_weeks(const time::Zone& zone, Time end, std::int64_t weeks) {
    const Date monday = start_of_iso_week(time::date_of(zone, end));
    const auto days_back = checked_multiply(weeks - 1, 7);
    const auto first = days_back ? add_days(monday, -*days_back) : std::nullopt;
    return time::start_of_day(zone, first.value_or(kFirstDate)).microseconds;
}

// The first instant of the calendar window that ends with the date of `end`. span.calendar holds.
inline std::int64_t calendar_start(const time::Zone& zone, const plan::Span& span,
                                   std::int64_t end) {
    const Time last{std::clamp(end, kFirstTime.microseconds, kLastTime.microseconds)};
    const std::int64_t count = std::max<std::int64_t>(span.count, 1);
    switch (span.unit) {
    case plan::CalendarUnit::Day:
        return time::start_of_calendar_days(zone, last, count).microseconds;
    case plan::CalendarUnit::IsoWeek:
        return start_of_iso_weeks(zone, last, count);
    case plan::CalendarUnit::Month:
        return time::start_of_calendar_months(zone, last, count).microseconds;
    }
    return end;
}

// The first instant of the window that looks back from `end`: (end - span, end], or the calendar
// window that ends with `end`. Nothing: there is none in it.
inline std::optional<std::int64_t> first_of_window(const time::Zone& zone, const plan::Span& span,
                                                   std::int64_t end) {
    if (span.calendar)
        return calendar_start(zone, span, end);
    const auto excluded = checked_subtract(end, span.microseconds);
    if (!excluded)
        return std::numeric_limits<std::int64_t>::min();
    return checked_add(*excluded, 1);
}

// The first instant of the first date whose window of `months` no longer reaches back to `date`: it
// begins after the same day of the month `months` before, or after the last day of a shorter month.
inline std::optional<Date> date_after_months(Date date, std::int64_t months) {
    auto after = add_months(date, months);
    while (after) {
        const auto before = add_months(*after, -months);
        if (before && *before >= date)
            return after;
        after = add_days(*after, 1); // only past the end of a shorter month
    }
    return std::nullopt;
}

inline std::optional<Date> date_after(const plan::Span& span, Date date) {
    switch (span.unit) {
    case plan::CalendarUnit::Day:
        return add_days(date, span.count);
    case plan::CalendarUnit::IsoWeek: {
        const auto days = checked_multiply(span.count, 7);
        return days ? add_days(start_of_iso_week(date), *days) : std::nullopt;
    }
    case plan::CalendarUnit::Month:
        return date_after_months(date, span.count);
    }
    return std::nullopt;
}

// The first end of a window of this length that no longer reaches back to `instant`; nothing past
// the end of the calendar.
inline std::optional<std::int64_t> end_of_window(const time::Zone& zone, const plan::Span& span,
                                                 std::int64_t instant) {
    if (!span.calendar)
        return checked_add(instant, span.microseconds);
    if (!in_calendar(Time{instant}))
        return std::nullopt;
    const auto date = date_after(span, time::date_of(zone, {instant}));
    if (!date)
        return std::nullopt;
    const Time start = time::start_of_day(zone, *date);
    return in_calendar(start) ? std::optional(start.microseconds) : std::nullopt;
}

// Whether `instant` lies in the window of this length that ends with `end`: (end - span, end], or
// the dates that end with that of `end`.
inline bool in_window(const time::Zone& zone, const plan::Span& span, std::int64_t instant,
                      std::int64_t end) {
    if (instant > end)
        return false;
    if (span.calendar)
        return instant >= calendar_start(zone, span, end);
    return static_cast<Int128>(end) - instant < span.microseconds;
}

// `within`, between two events: end - start <= span; in calendar units the same as a window.
inline bool is_within(const time::Zone& zone, const plan::Span& span, std::int64_t start,
                      std::int64_t end) {
    if (span.calendar)
        return in_window(zone, span, start, end);
    return static_cast<Int128>(end) - start <= span.microseconds;
}

} // namespace rulebook::interpret
