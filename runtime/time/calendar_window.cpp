#include "runtime/time/calendar_window.hpp"

#include <algorithm>

namespace rulebook::time {

namespace {

Time start_of_first(const Zone& zone, std::optional<Date> first) {
    return start_of_day(zone, std::max(first.value_or(kFirstDate), kFirstDate));
}

} // namespace

Time start_of_calendar_days(const Zone& zone, Time end, std::int64_t days) {
    return start_of_first(zone, add_days(date_of(zone, end), 1 - days));
}

Time start_of_iso_week(const Zone& zone, Time end) {
    return start_of_first(zone, rulebook::start_of_iso_week(date_of(zone, end)));
}

Time start_of_calendar_weeks(const Zone& zone, Time end, std::int64_t weeks) {
    constexpr std::int64_t kMostWeeks = 1'000'000; // more than the calendar has
    return start_of_calendar_days(zone, end, 7 * std::min(weeks, kMostWeeks));
}

Time start_of_calendar_months(const Zone& zone, Time end, std::int64_t months) {
    const auto before = add_months(date_of(zone, end), -months);
    return start_of_first(zone, before ? Date{before->days + 1} : kFirstDate);
}

Time start_of_month(const Zone& zone, Time end) {
    return start_of_first(zone, rulebook::start_of_month(date_of(zone, end)));
}

Time start_of_year(const Zone& zone, Time end) {
    return start_of_first(zone, rulebook::start_of_year(date_of(zone, end)));
}

std::optional<Time> start_of_day_after(const Zone& zone, Time time, std::int64_t days) {
    const auto date = add_days(date_of(zone, time), days);
    if (!date)
        return std::nullopt;
    return start_of_day(zone, *date);
}

} // namespace rulebook::time
