// An aggregate that is asked at ascending instants of one root record: what it needs to be kept up
// to date without looking at every element again. Internal to this folder.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/plan/element_changes.hpp"

namespace rulebook::interpret {

// Immutable; made once per plan.
struct Followed {
    const plan::Aggregate* aggregate = nullptr;
    std::uint32_t level = 0; // of the elements
    plan::ElementChanges changes;
    // Nothing changes an element's part, and windows go by the order in which the data hold the
    // records: those that are inside are a run of rows.
    bool is_run = false;
};

// Nothing where the aggregate must be asked element by element each time.
std::optional<Followed> followed(const plan::Plan& plan, const plan::Aggregate& aggregate,
                                 std::uint32_t level, const std::vector<plan::Frames>& frames,
                                 const std::vector<plan::Motion>& motions);

} // namespace rulebook::interpret
