#include "runtime/time/zone_tables.hpp"

namespace rulebook::time {

namespace {

#include "zone_tables.inc"

} // namespace

std::string_view compiled_version() {
    return kVersion;
}

std::span<const Zone> compiled_zones() {
    return kZones;
}

std::span<const std::int64_t> instants_of(const History& history) {
    return std::span(kInstants).subspan(history.first, history.count);
}

std::span<const std::int32_t> offsets_of(const History& history) {
    return std::span(kOffsets).subspan(history.first, history.count);
}

const Pattern& pattern_of(const History& history) {
    return kPatterns[history.pattern];
}

} // namespace rulebook::time
