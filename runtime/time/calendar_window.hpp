// Where the calendar windows of the language (section 4) begin: counted in dates of a zone, not in
// elapsed time. Each window ends with the local date of `end`, and these functions give the first
// instant of its first date. Pure. A window that would begin before the year 0001 begins with it.
#pragma once

#include <cstdint>

#include "runtime/time/zone.hpp"

namespace rulebook::time {

// `n calendar days`: the n dates that end with that of `end`. n ≥ 1.
Time start_of_calendar_days(const Zone& zone, Time end, std::int64_t days);

// `iso week`: from the Monday of the week.
Time start_of_iso_week(const Zone& zone, Time end);

// `n calendar weeks`: 7 × n calendar days. n ≥ 1.
Time start_of_calendar_weeks(const Zone& zone, Time end, std::int64_t weeks);

// `n calendar months`: from the day after the same day of the month n months before, or after that
// month's last day where it is shorter. n ≥ 1.
Time start_of_calendar_months(const Zone& zone, Time end, std::int64_t months);

// From the first day of the month, of the year.
Time start_of_month(const Zone& zone, Time end);
Time start_of_year(const Zone& zone, Time end);

// The start of the day that is `days` dates after that of `time`: the deadline of a wait of
// n calendar days. Nothing past the year 9999.
std::optional<Time> start_of_day_after(const Zone& zone, Time time, std::int64_t days);

} // namespace rulebook::time
