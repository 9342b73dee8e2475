// Whether the interpreter can be asked about a node with one record at hand; internal to this
// folder.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/plan/frames.hpp"
#include "runtime/plan/plan.hpp"

namespace rulebook::native {

class AskedNodes {
public:
    // The plan outlives it.
    explicit AskedNodes(const plan::Plan& plan);

    // Whether the node's value depends on nothing but the record of `entity` (the root's, or one of
    // a collection right below it), its root record, the instant, and records that can be found
    // from these. The record is in the frame `level`, unless it is the root's.
    bool can_be_asked(plan::NodeId node, plan::EntityIndex entity, std::uint32_t level = 1) const;

private:
    bool is_of_element(const plan::Node& node, plan::EntityIndex entity, std::uint32_t level) const;

    const plan::Plan& plan_;
    std::vector<plan::FrameSet> frames_;
};

} // namespace rulebook::native
