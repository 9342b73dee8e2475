// An aggregate that is asked at ascending instants of one root record: what it needs to be kept up
// to date without looking at every element again. Internal to this folder.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "runtime/plan/element_changes.hpp"
#include "runtime/plan/plan.hpp"

namespace rulebook::interpret {

// Immutable; made once per plan.
struct Followed {
    const plan::Aggregate* aggregate = nullptr;
    std::uint32_t level = 0; // of the elements
    plan::ElementChanges changes;
    // Nothing changes an element's part, and windows go by the order in which the data hold the
    // records: those that are inside are a run of rows.
    bool is_run = false;
    bool of_times = false; // the values are the elements' times
};

// Nothing where the aggregate must be asked element by element each time.
std::optional<Followed> followed(const plan::Plan& plan, const plan::Aggregate& aggregate,
                                 std::uint32_t level, const std::vector<plan::FrameSet>& frames,
                                 const std::vector<plan::Motion>& motions);

// The same of a fit's points per element.
struct FollowedClause {
    const plan::PointsClause* clause = nullptr;
    Followed all; // elements that count
    // `losing`: those whose points are not gone, their time for a value.
    std::unique_ptr<const plan::Aggregate> not_gone{};
    Followed fading{};
};

// Nothing where the elements must be asked one by one each time.
std::optional<FollowedClause> followed(const plan::Plan& plan, const plan::PointsClause& clause,
                                       const std::vector<plan::FrameSet>& frames,
                                       const std::vector<plan::Motion>& motions);

} // namespace rulebook::interpret
