#include "runtime/plan/change_source.hpp"

#include <algorithm>
#include <set>

#include "runtime/plan/fingerprint.hpp"
#include "runtime/plan/roots.hpp"

namespace rulebook::plan {

std::vector<NodeId> nodes_behind(const Plan& plan, NodeId node) {
    return nodes_behind(plan, std::vector{node});
}

std::vector<NodeId> nodes_behind(const Plan& plan, std::vector<NodeId> open) {
    std::set<NodeId> seen;
    std::set<std::uint32_t> rules;
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (id == kNoNode || !seen.insert(id).second)
            continue;
        const Node& at = plan.node(id);
        open.insert(open.end(), at.operands.begin(), at.operands.end());
        if (at.op == Op::Aggregate)
            append_roots(plan.aggregates[at.index], open);
        if (reads_rule(at.op) && at.op != Op::TriggerFired && rules.insert(at.index).second) {
            const auto nodes = nodes_of_rule(plan, at.index);
            open.insert(open.end(), nodes.begin(), nodes.end());
        }
    }
    return {seen.begin(), seen.end()};
}

namespace {

class Sources {
public:
    explicit Sources(const Plan& plan) : plan_(plan) {}

    void add_collection(EntityIndex entity) {
        for (auto below = std::optional(entity); below && *below != plan_.schema.root;
             below = plan_.schema.entities[*below].parent)
            if (plan_.schema.entities[*below].visible_from())
                found_.insert({ChangeSource::Kind::Visible, *below, 0});
    }

    void add_field(EntityIndex entity, FieldIndex index) {
        const Field& field = plan_.schema.entities[entity].fields[index];
        if (field.tracked)
            found_.insert({ChangeSource::Kind::Tracked, entity, 0});
        if (field.known_from)
            found_.insert({ChangeSource::Kind::Known, entity, *field.known_from});
    }

    // Points per element go over a collection without a node of their own.
    void add_fit(const Fit& fit) {
        for (const PointsClause& clause : fit.clauses)
            if (clause.for_each) {
                const Aggregate& elements = clause.for_each->elements;
                add_collection(elements.collection);
                if (elements.has_time_field)
                    add_field(elements.collection, elements.time_field);
            }
    }

    void add(const Node& node) {
        switch (node.op) {
        case Op::Field:
            return add_field(static_cast<EntityIndex>(node.detail), node.index);
        case Op::Aggregate: {
            const Aggregate& aggregate = plan_.aggregates[node.index];
            add_collection(aggregate.collection);
            if (aggregate.has_time_field)
                add_field(aggregate.collection, aggregate.time_field);
            return;
        }
        case Op::FitScore:
        case Op::FitTier:
        case Op::FitOut:
        case Op::FitUnknowns:
            for (const std::uint32_t version : plan_.rules[node.index].versions)
                add_fit(plan_.fits[version]);
            return;
        default:
            return;
        }
    }

    std::vector<ChangeSource> found() const { return {found_.begin(), found_.end()}; }

private:
    const Plan& plan_;
    std::set<ChangeSource> found_;
};

} // namespace

std::vector<ChangeSource> sources_of_change(const Plan& plan, NodeId node) {
    Sources sources(plan);
    for (const NodeId behind : nodes_behind(plan, node))
        sources.add(plan.node(behind));
    return sources.found();
}

bool asks_what_fired(const Plan& plan, NodeId node) {
    return std::ranges::any_of(nodes_behind(plan, node), [&](NodeId behind) {
        return plan.node(behind).op == Op::TriggerFired;
    });
}

} // namespace rulebook::plan
