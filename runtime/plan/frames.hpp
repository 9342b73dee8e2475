// On which records a node's value depends.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::plan {

// Bit i: on the record in frame i, the root's always among them.
using FrameSet = std::uint8_t;

// Per node. Requires a sound plan.
std::vector<FrameSet> frames_of_nodes(const Plan& plan);

// The innermost of them.
constexpr std::uint8_t innermost(FrameSet frames) {
    return static_cast<std::uint8_t>(std::bit_width(frames) - 1);
}

} // namespace rulebook::plan
