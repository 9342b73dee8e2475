// `on` made ready for its machine, and what a machine is given.
#pragma once

#include <cstdint>
#include <span>

#include "runtime/plan/triggers.hpp"
#include "runtime/trigger/event.hpp"
#include "runtime/trigger/extent.hpp"
#include "runtime/trigger/pattern_shape.hpp"
#include "runtime/trigger/standing.hpp"

namespace rulebook::trigger {

// Immutable; safe to share between threads.
struct OnShape {
    // `on` and `extents` outlive it.
    OnShape(const plan::On& on, const Extents& extents)
        : on(&on), extents(&extents), pattern(on.patterns, extents) {}

    const plan::On* on;
    const Extents* extents;
    PatternShape pattern; // without nodes where `on` has no pattern
};

// What is new at an instant.
struct Moment {
    std::int64_t instant = 0;
    std::span<const Event> events{}; // in their order; those that no signal of the trigger matches
                                     // may be among them or not
    // Something that a `becomes` or a clock reads became visible or known: it looks anew.
    bool changed = false;
};

} // namespace rulebook::trigger
