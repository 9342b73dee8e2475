// Time zones by the rules of the IANA database, compiled into the runtime when it was built.
//
// Everything here is pure and thread-safe; zones live as long as the program. Offsets are seconds
// east of UTC. Instants may lie anywhere in the calendar (years 0001 to 9999): before the first
// transition of a zone its first offset holds (local mean time), after the last its last rules go
// on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "runtime/value/calendar.hpp"

namespace rulebook::time {

struct History;

// A zone's name and rules; made only by the tables. Compare zones by address or name.
struct Zone {
    std::string_view name;
    const History* history;
};

// "2025b": the version of the rules. Results are promised to be equal per version.
std::string_view zone_data_version();

// All zones and links, sorted by name.
std::span<const Zone> zones();

// By the exact name ("Europe/Berlin"); null if there is none.
const Zone* find_zone(std::string_view name);

// The zone named UTC.
const Zone& utc();

std::int32_t offset_at(const Zone& zone, Time time);

// The first instant after `time` at which the offset changes, if it ever does again.
std::optional<Time> next_offset_change(const Zone& zone, Time time);

LocalTime local_time(const Zone& zone, Time time);
Date date_of(const Zone& zone, Time time);

// The earliest instant at which the clocks show this local time or a later one. So of a time that
// they show twice it is the earlier, and of one that they skip the first instant after the gap.
Time instant_of(const Zone& zone, LocalTime local);

// The earliest instant whose local date is this date or a later one: midnight, where it exists.
Time start_of_day(const Zone& zone, Date date);

// The last microsecond before the next date starts.
Time end_of_day(const Zone& zone, Date date);

} // namespace rulebook::time
