#include "runtime/plan/element_lookup.hpp"

#include <algorithm>
#include <set>

#include "runtime/plan/roots.hpp"

namespace rulebook::plan {

namespace {

bool never_changes(const Field& field) {
    return !field.tracked && !field.known_from;
}

// Whether a value depends on nothing but fields of one frame's record that never change.
class StableValues {
public:
    StableValues(const Plan& plan, const Entity& entity, std::uint32_t level)
        : plan_(plan), entity_(entity), level_(level) {}

    bool is_stable(NodeId id) {
        if (!seen_.insert(id).second)
            return true; // or it was found out already
        const Node& node = plan_.node(id);
        if (looks_around(node.op))
            return false;
        if (node.op == Op::Field)
            return node.level == level_ && never_changes(entity_.fields[node.index]);
        return std::ranges::all_of(node.operands,
                                   [&](NodeId operand) { return is_stable(operand); });
    }

private:
    const Plan& plan_;
    const Entity& entity_;
    std::uint32_t level_;
    std::set<NodeId> seen_;
};

} // namespace

bool elements_stay(const Plan& plan, const Node& node) {
    const Aggregate& aggregate = plan.aggregates[node.index];
    const Entity& entity = plan.schema.entities[aggregate.collection];
    if (aggregate.source != AggregateSource::Collection || entity.parent != aggregate.owner)
        return false;
    if (aggregate.has_time_field && !never_changes(entity.fields[aggregate.time_field]))
        return false;
    return aggregate.where == kNoNode ||
           StableValues(plan, entity, node.level).is_stable(aggregate.where);
}

bool windows_go_by_arrival(const Schema& schema, const Aggregate& aggregate) {
    const Entity& entity = schema.entities[aggregate.collection];
    return aggregate.has_time_field && entity.visible_from() == aggregate.time_field &&
           never_changes(entity.fields[aggregate.time_field]);
}

bool asks_for_places(const Plan& plan, const Node& node) {
    const Aggregate& aggregate = plan.aggregates[node.index];
    switch (aggregate.kind) {
    case AggregateKind::Count:
    case AggregateKind::Any:
        return elements_stay(plan, node);
    case AggregateKind::First:
    case AggregateKind::Last:
        return windows_go_by_arrival(plan.schema, aggregate) && elements_stay(plan, node);
    default:
        return false;
    }
}

} // namespace rulebook::plan
