// What patterns see of a record: an event of an ordered collection.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

#include "runtime/plan/schema.hpp"

namespace rulebook::trigger {

// Whether two lists, the second ascending, have a number in common.
inline bool have_in_common(std::span<const std::uint32_t> some,
                           std::span<const std::uint32_t> ascending) {
    return std::ranges::any_of(
        some, [&](std::uint32_t number) { return std::ranges::binary_search(ascending, number); });
}

// One record that at least one signal matches. Its time is the instant at which it is handled.
struct Event {
    plan::EntityIndex collection = 0;
    std::uint32_t row = 0;                    // of the record, for whoever evaluates conditions
    std::optional<std::int64_t> sequence{};   // orders the records of one collection and time
    std::span<const std::uint32_t> signals{}; // indexes in Plan::signals, ascending

    bool is_any_of(std::span<const std::uint32_t> ascending) const {
        return have_in_common(signals, ascending);
    }
};

// Where events stand in one instant is their order: by collection, then sequence (those without
// one first), then content.

} // namespace rulebook::trigger
