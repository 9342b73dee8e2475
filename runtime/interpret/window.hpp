// The instants that the windows of an aggregate let through; internal to this folder.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "runtime/interpret/evaluation.hpp"
#include "runtime/plan/node.hpp"

namespace rulebook::interpret {

// Both ends belong to it; times are whole microseconds, so the half-open windows of the language
// are closed ones here.
struct Instants {
    std::int64_t first = std::numeric_limits<std::int64_t>::min();
    std::int64_t last = std::numeric_limits<std::int64_t>::max();

    bool contain(std::int64_t instant) const { return first <= instant && instant <= last; }
};

// What all the windows let through, seen from the evaluation's instant. Nothing where an anchor is
// unknown: then it is unknown of every element whether it lies inside, and none counts.
std::optional<Instants> instants_of(Evaluation& evaluation,
                                    const std::vector<plan::Window>& windows);

} // namespace rulebook::interpret
