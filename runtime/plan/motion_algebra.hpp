// How motions make up other ones; internal to this folder.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "runtime/plan/motion.hpp"

namespace rulebook::plan {

inline constexpr Motion kStill{};
inline constexpr Motion kSteps{.kind = Motion::Kind::Steps};
inline constexpr Motion kContinuous{.kind = Motion::Kind::Continuous};

inline Motion unfollowed(NodeId fault, Motion::Reason reason) {
    return {.kind = Motion::Kind::Unfollowed, .fault = fault, .reason = reason};
}

// One of the two at each instant.
inline Motion either(const Motion& left, const Motion& right) {
    if (left.kind == Motion::Kind::Unfollowed)
        return left;
    if (right.kind == Motion::Kind::Unfollowed)
        return right;
    if (left.kind == Motion::Kind::Continuous || right.kind == Motion::Kind::Continuous)
        return kContinuous;
    return {.kind = std::max(left.kind, right.kind),
            .least_slope = std::min(left.least_slope, right.least_slope),
            .greatest_slope = std::max(left.greatest_slope, right.greatest_slope)};
}

// What changes whenever the other does, without moving as it moves.
inline Motion stepping(const Motion& motion) {
    return motion.moves_all_the_time() ? kSteps : motion;
}

inline Motion continuous_if_moving(const Motion& motion) {
    return motion.moves_all_the_time() ? kContinuous : motion;
}

// Nothing where a bound is out of range.
inline Motion linear(std::optional<std::int64_t> least, std::optional<std::int64_t> greatest) {
    if (!least || !greatest)
        return kContinuous;
    if (*least == 0 && *greatest == 0)
        return kSteps;
    return {.kind = Motion::Kind::Linear, .least_slope = *least, .greatest_slope = *greatest};
}

} // namespace rulebook::plan
