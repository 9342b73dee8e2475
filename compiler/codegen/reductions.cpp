#include "compiler/codegen/reductions.hpp"

#include <algorithm>
#include <iterator>

#include "runtime/plan/roots.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
using plan::Aggregate;
using plan::AggregateKind;
using plan::NodeId;
using plan::Op;

namespace {

constexpr plan::FrameSet kRootAndElement = 0b11;

bool needs_time(const Aggregate& aggregate) {
    return !aggregate.windows.empty() || aggregate.kind == AggregateKind::First ||
           aggregate.kind == AggregateKind::Last;
}

} // namespace

std::vector<NodeId> asked_of_element(const Aggregate& aggregate) {
    std::vector<NodeId> nodes;
    for (const NodeId id : {aggregate.where, aggregate.value, aggregate.have})
        if (id != plan::kNoNode)
            nodes.push_back(id);
    return nodes;
}

Reductions::Reductions(const plan::Plan& plan, const std::vector<plan::FrameSet>& frames,
                       std::optional<plan::EntityIndex> apart)
    : plan_(plan), frames_(frames), apart_(apart), by_node_(plan.nodes.size()) {
    for (NodeId id = 0; id < plan.nodes.size(); ++id) { // what it needs has smaller ids
        const plan::Node& node = plan.node(id);
        if (node.op != Op::Aggregate)
            continue;
        Reduction reduction{.aggregate = &plan.aggregates[node.index],
                            .level = node.level,
                            .node = id,
                            .clause = nullptr,
                            .stage = 0};
        if (!can_be_native(*reduction.aggregate, node.level, id))
            continue;
        if (const auto stage = stage_of(reduction)) {
            reduction.stage = *stage;
            by_node_[id] = reduction;
        }
    }
}

bool Reductions::is_of_element(NodeId id) const {
    return id == plan::kNoNode || (frames_[id] & ~kRootAndElement) == 0;
}

// The same whenever one looks.
bool Reductions::is_stored_field(const Aggregate& aggregate) const {
    const plan::Node& node = plan_.node(aggregate.value);
    const auto& fields = plan_.schema.entities[aggregate.collection].fields;
    if (node.op != Op::Field || node.level != 1 || node.index >= fields.size())
        return false;
    const plan::Field& field = fields[node.index];
    return field.type == node.type && !field.tracked && !field.known_from;
}

bool Reductions::can_be_native(const Aggregate& aggregate, std::uint32_t level, NodeId node) const {
    const plan::Entity& entity = plan_.schema.entities[aggregate.collection];
    if (level != 1 || aggregate.owner_level != 0 || apart_ == aggregate.collection ||
        aggregate.source != plan::AggregateSource::Collection || entity.parent != plan_.schema.root)
        return false;
    const bool is_distinct = aggregate.kind == AggregateKind::Distinct;
    if (is_distinct && !is_stored_field(aggregate))
        return false;
    for (const NodeId id : asked_of_element(aggregate))
        if (!is_of_element(id) ||
            (is_text(plan_.node(id).type) && !(is_distinct && id == aggregate.value)))
            return false;
    if (needs_time(aggregate) &&
        (!aggregate.has_time_field || entity.fields[aggregate.time_field].tracked))
        return false;
    return std::ranges::none_of(aggregate.windows, [&](const plan::Window& window) {
        return (window.span.calendar && node == plan::kNoNode) ||
               (window.anchor != plan::kNoNode && plan::innermost(frames_[window.anchor]) != 0);
    });
}

bool Reductions::is_native(const plan::PointsClause& clause) const {
    if (!clause.for_each || clause.for_each->fading != plan::ForEach::Fading::None ||
        !can_be_native(clause.for_each->elements, clause.for_each->level, plan::kNoNode))
        return false;
    return stage_of({.aggregate = &clause.for_each->elements,
                     .level = clause.for_each->level,
                     .node = plan::kNoNode,
                     .clause = &clause,
                     .stage = 0})
        .has_value();
}

std::vector<NodeId> Reductions::anchors_of(const Reduction& reduction) {
    std::vector<NodeId> anchors;
    for (const plan::Window& window : reduction.aggregate->windows)
        if (window.anchor != plan::kNoNode)
            anchors.push_back(window.anchor);
    return anchors;
}

// The topmost nodes of the root record among those that the element is asked with.
std::vector<NodeId> Reductions::owned_by(const Reduction& reduction) const {
    std::vector<NodeId> owned;
    std::vector<NodeId> waiting = asked_of_element(*reduction.aggregate);
    std::vector<bool> seen(plan_.nodes.size());
    while (!waiting.empty()) {
        const NodeId id = waiting.back();
        waiting.pop_back();
        if (seen[id])
            continue;
        seen[id] = true;
        const plan::Node& node = plan_.node(id);
        if (plan::innermost(frames_[id]) != 0)
            std::ranges::copy(node.operands, std::back_inserter(waiting));
        else if (node.op != Op::Constant && !is_text(node.type))
            owned.push_back(id);
    }
    std::ranges::sort(owned);
    return owned;
}

// All nodes on the way down, without those below an aggregate.
void Reductions::note_below(NodeId root, std::vector<bool>& seen) const {
    std::vector<NodeId> waiting{root};
    while (!waiting.empty()) {
        const NodeId id = waiting.back();
        waiting.pop_back();
        if (id == plan::kNoNode || seen[id])
            continue;
        seen[id] = true;
        std::ranges::copy(plan_.node(id).operands, std::back_inserter(waiting));
    }
}

std::optional<std::uint32_t> Reductions::stage_of(const Reduction& reduction) const {
    std::vector<bool> seen(plan_.nodes.size());
    for (const NodeId id : owned_by(reduction))
        note_below(id, seen);
    for (const NodeId id : anchors_of(reduction))
        note_below(id, seen);
    std::uint32_t stage = 0;
    for (NodeId id = 0; id < seen.size(); ++id) {
        if (seen[id] && plan::reads_rule(plan_.node(id).op))
            return std::nullopt;
        if (seen[id] && by_node_[id])
            stage = std::max(stage, by_node_[id]->stage + 1);
    }
    return stage;
}

std::vector<Reduction> Reductions::needed_by(const std::vector<Item>& items) const {
    std::vector<Reduction> needed;
    std::vector<bool> seen(plan_.nodes.size());
    const auto add = [&](const Reduction& reduction) {
        needed.push_back(reduction);
        for (const NodeId id : owned_by(reduction))
            note_below(id, seen);
        for (const NodeId id : anchors_of(reduction))
            note_below(id, seen);
    };
    for (const Item& item : items) {
        for (const NodeId id : item.roots)
            note_below(id, seen);
        if (item.kind != Item::Kind::Clause)
            continue;
        const plan::PointsClause& clause = plan_.fits[item.version].clauses[item.index];
        if (clause.for_each)
            add({.aggregate = &clause.for_each->elements,
                 .level = clause.for_each->level,
                 .node = plan::kNoNode,
                 .clause = &clause,
                 .stage = *stage_of({.aggregate = &clause.for_each->elements,
                                     .level = 1,
                                     .node = plan::kNoNode,
                                     .clause = nullptr,
                                     .stage = 0})});
    }
    // What an aggregate needs has a smaller id than its own.
    for (NodeId id = static_cast<NodeId>(seen.size()); id-- > 0;)
        if (seen[id] && by_node_[id])
            add(*by_node_[id]);
    std::vector<Reduction> by_stage;
    for (std::uint32_t stage = 0; by_stage.size() < needed.size(); ++stage)
        std::ranges::copy_if(needed, std::back_inserter(by_stage),
                             [&](const Reduction& each) { return each.stage == stage; });
    return by_stage;
}

} // namespace rulec::codegen
