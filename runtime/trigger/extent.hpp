// How far apart two instants may lie, and when a wait is over: `within D`, `without … within D`,
// `no A for D`.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/plan/plan.hpp"
#include "runtime/time/zone.hpp"

namespace rulebook::trigger {

class Surroundings;

// Immutable; safe to share between threads. The plan outlives it.
class Extents {
public:
    Extents(const plan::Plan& plan, const time::Zone& zone) : plan_(&plan), zone_(&zone) {}

    // Whether a match from `start` to `end` is short enough. Working hours of an unknown zone: not.
    bool within(const plan::Extent& extent, std::int64_t start, std::int64_t end,
                Surroundings& surroundings) const;

    // When a wait that opens at `opening` is over; nothing where that cannot be said: past the year
    // 9999, or working hours of an unknown zone.
    std::optional<std::int64_t> deadline(const plan::Extent& extent, std::int64_t opening,
                                         Surroundings& surroundings) const;

    // Whether the deadline itself still lies inside: for lengths that the clock counts it does, of
    // calendar days it is the first instant outside.
    static bool includes_deadline(const plan::Extent& extent) {
        return extent.kind != plan::Extent::Kind::Calendar;
    }

    // Whether what is too far apart stays so: not where the zone of the working hours may change.
    bool is_the_same_ever_after(const plan::Extent& extent) const {
        return extent.kind != plan::Extent::Kind::Working ||
               !plan_->calendars[extent.calendar].zone.empty();
    }

    const time::Zone& zone() const { return *zone_; }

private:
    const plan::Plan* plan_;
    const time::Zone* zone_;
};

// The instant when `length` (microseconds) has passed; nothing past the year 9999.
std::optional<std::int64_t> after_elapsed(std::int64_t opening, std::int64_t length);

// The number of the day, iso week or month of the zone that an instant lies in; neighbours differ
// by one.
std::int64_t bucket_of(const time::Zone& zone, plan::CalendarUnit unit, std::int64_t instant);

} // namespace rulebook::trigger
