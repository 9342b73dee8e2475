// Open time of a calendar: for `within 10 working hours of office` and waits of that length.
//
// An instant is open if its local weekday is one of the calendar's days, its date is no holiday,
// and its local time of day lies in one of its hours. Pure; cost is linear in the days between.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/plan/triggers.hpp"
#include "runtime/time/zone.hpp"

namespace rulebook::trigger {

// Microseconds of open time in [start, end); 0 if end <= start.
std::int64_t open_time(const plan::Calendar& calendar, const time::Zone& zone, std::int64_t start,
                       std::int64_t end);

// Whether there is no more than `most` open time in [start, end). Stops as soon as it knows.
bool is_within_open_time(const plan::Calendar& calendar, const time::Zone& zone, std::int64_t start,
                         std::int64_t end, std::int64_t most);

// The earliest instant at which `length` (> 0) of open time has passed since `start`; nothing past
// the year 9999.
std::optional<std::int64_t> after_open_time(const plan::Calendar& calendar, const time::Zone& zone,
                                            std::int64_t start, std::int64_t length);

} // namespace rulebook::trigger
