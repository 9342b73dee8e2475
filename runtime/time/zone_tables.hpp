// The layout of the compiled zones. Only for zone.cpp and zone_tables.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/time/year_kind.hpp"
#include "runtime/time/zone.hpp"

namespace rulebook::time {

struct YearTransition {
    std::int32_t second; // after the start of the year in UTC
    std::int32_t offset; // from then on
};

struct YearTransitions {
    std::uint32_t count;
    std::array<YearTransition, 2> at;
};

// What repeats every year, for each kind of year.
struct Pattern {
    std::int32_t offset_at_new_year;
    std::array<YearTransitions, kYearKinds> years;
};

struct History {
    std::uint32_t first; // into the instants and offsets
    std::uint32_t count;
    std::int32_t first_offset; // before the first transition
    std::int32_t pattern_from; // the first year of the pattern; 0: there is none
    std::uint32_t pattern;
};

std::string_view compiled_version();
std::span<const Zone> compiled_zones();
// The instants of a history's transitions, in seconds since 1970, ascending.
std::span<const std::int64_t> instants_of(const History& history);
// The offsets that hold from those instants on.
std::span<const std::int32_t> offsets_of(const History& history);
const Pattern& pattern_of(const History& history);

} // namespace rulebook::time
