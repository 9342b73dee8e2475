// How far apart two instants lie, and when a wait is over: by going through dates and stretches of
// open time, one by one.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/plan/triggers.hpp"
#include "tests/oracle/history.hpp"

namespace rulebook::oracle {

// `step`: the hours of calendars, offsets of zones and instants are multiples of it.
struct Lengths {
    History& history;
    std::int64_t step;

    // `within D`. The zone of a calendar is that at `end`.
    bool is_within(const plan::Extent& extent, std::int64_t start, std::int64_t end) const;
    // When a wait of this length, opened at `opening`, is over. The zone of a calendar is that at
    // the opening; nothing where it is unknown.
    std::optional<std::int64_t> deadline(const plan::Extent& extent, std::int64_t opening) const;
    // Whether what happens at `instant`, at or after the opening, is inside the wait.
    static bool inside(const plan::Extent& extent, std::int64_t instant, std::int64_t deadline);

    // Days since 1970 of the first date of the day, iso week or month.
    std::int32_t bucket(plan::CalendarUnit unit, std::int64_t instant) const;
};

} // namespace rulebook::oracle
