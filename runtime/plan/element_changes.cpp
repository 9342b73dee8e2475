#include "runtime/plan/element_changes.hpp"

#include <algorithm>
#include <set>

#include "runtime/plan/roots.hpp"

namespace rulebook::plan {

namespace {

using Why = ElementChanges::Reason;

class Changes {
public:
    Changes(const Plan& plan, std::uint32_t collection, std::uint32_t level,
            const std::vector<FrameSet>& frames, const std::vector<Motion>& motions)
        : plan_(plan), collection_(collection), level_(level), frames_(frames), motions_(motions) {}

    void look_at_time(const Aggregate& aggregate) {
        const bool ordered = aggregate.kind == AggregateKind::First ||
                             aggregate.kind == AggregateKind::Last || !aggregate.windows.empty();
        if (ordered && aggregate.has_time_field)
            add_field(aggregate.collection, aggregate.time_field);
    }

    void look_at(NodeId id) {
        if (id == kNoNode || !found_.followed() || !seen_.insert(id).second)
            return;
        const Node& node = plan_.node(id);
        if (node.op == Op::Constant)
            return;
        const Motion::Kind motion = motions_[id].kind;
        if (motion == Motion::Kind::Continuous || motion == Motion::Kind::Unfollowed)
            return stop(Why::Continuous, id);
        if (innermost(frames_[id]) < level_)
            return look_at_root(id, node);
        found_.changing = found_.changing || motion != Motion::Kind::Still;
        look_at_element(id, node);
    }

    // Values that move do so all alike.
    void look_at_value(NodeId id) {
        look_at(id);
        if (id == kNoNode || motions_[id].kind != Motion::Kind::Linear)
            return;
        found_.slope = motions_[id].least_slope;
        found_.changing = true;
        if (motions_[id].least_slope != motions_[id].greatest_slope)
            stop(Why::Uneven, id);
    }

    ElementChanges found() {
        found_.sources.assign(sources_.begin(), sources_.end());
        return std::move(found_);
    }

private:
    void stop(Why reason, NodeId fault) {
        found_.reason = reason;
        found_.fault = fault;
    }

    // What stands still or steps is compared with what it was; what moves is made of such and of
    // time.
    void look_at_root(NodeId id, const Node& node) {
        if (innermost(frames_[id]) != 0)
            return stop(Why::Others, id);
        if (!motions_[id].moves_all_the_time()) {
            found_.inputs.push_back(id);
            return;
        }
        if (node.op == Op::EvaluationInstant)
            return;
        if (looks_around(node.op))
            return stop(Why::Others, id);
        for (const NodeId operand : node.operands)
            look_at(operand);
    }

    void look_at_element(NodeId id, const Node& node) {
        switch (node.op) {
        case Op::Field:
            add_field(static_cast<EntityIndex>(node.detail), node.index);
            return;
        case Op::Aggregate:
            return look_at_nested(id, plan_.aggregates[node.index]);
        case Op::AsOfAgo:
        case Op::Change:
        case Op::ChangeNumber:
            return stop(Why::Past, id);
        case Op::TriggerFired:
            return stop(Why::Fired, id);
        case Op::CreditedAmount:
            return stop(Why::Others, id);
        default:
            for (const NodeId operand : node.operands)
                look_at(operand);
        }
    }

    void look_at_nested(NodeId id, const Aggregate& nested) {
        if (nested.owner_level < level_ || nested.source != AggregateSource::Collection)
            return stop(Why::Others, id);
        for (auto below = std::optional(nested.collection); below && *below != collection_;
             below = plan_.schema.entities[*below].parent)
            if (plan_.schema.entities[*below].visible_from()) {
                sources_.insert({ChangeSource::Kind::Visible, *below, 0});
                found_.changing = true;
            }
        if (nested.has_time_field)
            add_field(nested.collection, nested.time_field);
        std::vector<NodeId> asked;
        append_roots(nested, asked);
        for (const NodeId node : asked)
            look_at(node);
    }

    void add_field(EntityIndex entity, FieldIndex index) {
        const Field& field = plan_.schema.entities[entity].fields[index];
        if (field.tracked)
            sources_.insert({ChangeSource::Kind::Tracked, entity, 0});
        if (field.known_from)
            sources_.insert({ChangeSource::Kind::Known, entity, *field.known_from});
        found_.changing = found_.changing || field.tracked || field.known_from;
    }

    const Plan& plan_;
    EntityIndex collection_;
    std::uint32_t level_;
    const std::vector<FrameSet>& frames_;
    const std::vector<Motion>& motions_;
    ElementChanges found_;
    std::set<NodeId> seen_;
    std::set<ChangeSource> sources_;
};

} // namespace

ElementChanges element_changes(const Plan& plan, const Aggregate& aggregate, std::uint32_t level,
                               const std::vector<FrameSet>& frames,
                               const std::vector<Motion>& motions) {
    if (aggregate.source != AggregateSource::Collection || aggregate.owner_level != 0)
        return {.reason = Why::Owner};
    for (const Window& window : aggregate.windows) {
        if (window.anchor == kNoNode)
            continue;
        if (innermost(frames[window.anchor]) != 0)
            return {.reason = Why::Owner, .fault = window.anchor};
        if (!motions[window.anchor].keeps_pace())
            return {.reason = Why::Uneven, .fault = window.anchor};
    }
    Changes changes(plan, aggregate.collection, level, frames, motions);
    changes.look_at_time(aggregate);
    changes.look_at(aggregate.where);
    changes.look_at(aggregate.have);
    // `first` and `last` ask one element only.
    if (aggregate.kind != AggregateKind::First && aggregate.kind != AggregateKind::Last)
        changes.look_at_value(aggregate.value);
    return changes.found();
}

} // namespace rulebook::plan
