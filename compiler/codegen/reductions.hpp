// What is asked of collections, as native code answers it. Internal to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/codegen/parts.hpp"
#include "runtime/plan/frames.hpp"
#include "runtime/plan/plan.hpp"

namespace rulec::codegen {

// An aggregate over the elements of root records: of a node, or of a clause `for each`.
struct Reduction {
    const rulebook::plan::Aggregate* aggregate = nullptr;
    std::uint32_t level = 1; // frame of the elements
    rulebook::plan::NodeId node = rulebook::plan::kNoNode;
    const rulebook::plan::PointsClause* clause = nullptr; // where it is no node
    // Those of stage 0 need no other's result for their elements; of stage n, those of n - 1.
    std::uint32_t stage = 0;
};

// `where`, value and `have`: those that it has.
std::vector<rulebook::plan::NodeId> asked_of_element(const rulebook::plan::Aggregate& aggregate);

class Reductions {
public:
    // All of the plan that can be native. `apart`: a collection whose arrays are of other records
    // than the elements of rows; what is asked of its elements is not.
    Reductions(const rulebook::plan::Plan& plan,
               const std::vector<rulebook::plan::FrameSet>& frames,
               std::optional<rulebook::plan::EntityIndex> apart = std::nullopt);

    bool is_native(rulebook::plan::NodeId aggregate) const {
        return by_node_[aggregate].has_value();
    }
    bool is_native(const rulebook::plan::PointsClause& clause) const;

    // Of those, what the items need, directly or through others.
    std::vector<Reduction> needed_by(const std::vector<Item>& items) const;

    // Values of the root record that its elements are asked with.
    std::vector<rulebook::plan::NodeId> owned_by(const Reduction& reduction) const;
    // Where its windows are anchored: values of the root record, too.
    static std::vector<rulebook::plan::NodeId> anchors_of(const Reduction& reduction);

private:
    // `node`: kNoNode, of a clause.
    bool can_be_native(const rulebook::plan::Aggregate& aggregate, std::uint32_t level,
                       rulebook::plan::NodeId node) const;
    bool is_stored_field(const rulebook::plan::Aggregate& aggregate) const;
    bool is_of_element(rulebook::plan::NodeId id) const;
    // The stage, or nothing where a rule's result would be needed first.
    std::optional<std::uint32_t> stage_of(const Reduction& reduction) const;
    void note_below(rulebook::plan::NodeId id, std::vector<bool>& seen) const;

    const rulebook::plan::Plan& plan_;
    const std::vector<rulebook::plan::FrameSet>& frames_;
    std::optional<rulebook::plan::EntityIndex> apart_;
    std::vector<std::optional<Reduction>> by_node_;
};

} // namespace rulec::codegen
