// What can change the part that one element of a collection has in an aggregate, once the element
// is there: whether an aggregate can be followed from instant to instant without looking at every
// element again. The compiler warns where it cannot; the interpreter follows by the same rules.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/plan/change_source.hpp"
#include "runtime/plan/frames.hpp"
#include "runtime/plan/motion.hpp"
#include "runtime/plan/plan.hpp"

namespace rulebook::plan {

struct ElementChanges {
    enum class Reason : std::uint8_t {
        None,
        Owner,      // it is not about the root alone
        Continuous, // an element's condition or value moves all the time, not evenly
        Uneven,     // the elements' values move at different speeds
        Past,       // an element is seen as it was
        Others,     // an element's condition asks about other records of the account
        Fired,      // an element's condition asks what fired since the element
    };
    Reason reason = Reason::None; // why it cannot be followed
    NodeId fault = kNoNode;       // where that lies
    bool followed() const { return reason == Reason::None; }

    // Time or records below the element change its part.
    bool changing = false;
    std::vector<ChangeSource> sources{}; // of the element itself and what is below it
    // Of the root: where the value of one of these changes, every element may.
    std::vector<NodeId> inputs{};
    // By how much each value grows in every microsecond.
    std::int64_t slope = 0;
};

// `level`: the frame of the elements. The others as of frames_of_nodes() and motions().
ElementChanges element_changes(const Plan& plan, const Aggregate& aggregate, std::uint32_t level,
                               const std::vector<FrameSet>& frames,
                               const std::vector<Motion>& motions);

} // namespace rulebook::plan
