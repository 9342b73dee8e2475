// What time alone does to a value, where that is little: records enter and leave windows, and that
// is all.
#pragma once

#include <optional>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::plan {

// Of records right below the root's.
struct MovingWindow {
    EntityIndex collection = 0;
    FieldIndex time_field = 0; // what it goes by
    Window window;             // of WindowKind::Last

    friend bool operator==(const MovingWindow&, const MovingWindow&) = default;
};

// The windows through which time changes the node's value, through fits and decisions that it
// reads, each once. Nothing where time changes it in another way, too: what reads the instant, the
// past, what fired, points that fade, rules in several versions. While no record comes and none
// enters or leaves one of these, the value stands still. Of a node over the root record.
std::optional<std::vector<MovingWindow>> moving_windows(const Plan& plan, NodeId node);

} // namespace rulebook::plan
