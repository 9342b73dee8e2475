// The 14 kinds of years: by the weekday on which a year begins, and whether it is a leap year.
// Rules such as "the last Sunday of March" fall on the same day of all years of one kind.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/value/calendar.hpp"

namespace rulebook::time {

inline constexpr std::size_t kYearKinds = 14;

inline std::size_t year_kind(std::int32_t year) {
    const auto first = static_cast<std::size_t>(weekday(date_from_civil({year, 1, 1})));
    return (first - 1) * 2 + (is_leap_year(year) ? 1 : 0);
}

// The start of a year in UTC, in seconds since 1970.
inline std::int64_t year_start(std::int32_t year) {
    return std::int64_t{date_from_civil({year, 1, 1}).days} * kSecondsPerDay;
}

} // namespace rulebook::time
