#include "runtime/plan/fingerprint.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "runtime/plan/describe.hpp"
#include "runtime/plan/roots.hpp"
#include "runtime/plan/serialize.hpp"
#include "runtime/value/digest.hpp"

namespace rulebook::plan {

namespace {

// Empties every source note, wherever it stands.
struct NoteEraser {
    template <class T>
    void operator()(const char*, T& member) {
        erase(member);
    }

    void erase(SourceNote& note) { note = {}; }
    template <class T>
    void erase(std::vector<T>& elements) {
        for (T& element : elements)
            erase(element);
    }
    template <class T>
    void erase(std::optional<T>& element) {
        if (element)
            erase(*element);
    }
    template <class T>
    void erase(T& subject) {
        if constexpr (requires { describe(*this, subject); })
            describe(*this, subject);
    }
};

using Nodes = std::vector<NodeId>;

// Fields that a rule reads without a node: parties, times of the records it goes over.
void add_direct_reads(const Plan& plan, const Credit& credit, std::set<FieldRead>& reads) {
    reads.insert({credit.touches, credit.party_field});
    if (const auto time = plan.schema.entities[credit.touches].visible_from())
        reads.insert({credit.touches, *time});
    for (const Split& split : credit.splits)
        if (split.by)
            reads.insert({credit.touches, *split.by});
}

void add_direct_reads(const Plan& plan, const Trigger& trigger, std::set<FieldRead>& reads) {
    for (const std::uint32_t signal : signals_of(trigger)) {
        const EntityIndex collection = plan.signals[signal].collection;
        if (const auto time = plan.schema.entities[collection].visible_from())
            reads.insert({collection, *time});
    }
    for (const Pattern& pattern : trigger.on.patterns)
        if (pattern.kind == Pattern::Kind::DifferentValues)
            reads.insert({plan.signals[counted_signals(trigger.on, pattern).front()].collection,
                          pattern.field});
}

void add_direct_reads(const Plan& plan, const Fit& fit, std::set<FieldRead>& reads) {
    for (const PointsClause& clause : fit.clauses)
        if (clause.for_each)
            if (const auto time =
                    plan.schema.entities[clause.for_each->elements.collection].visible_from())
                reads.insert({clause.for_each->elements.collection, *time});
}

void add_direct_reads(const Plan&, const Decision&, std::set<FieldRead>&) {}
void add_direct_reads(const Plan&, const Table&, std::set<FieldRead>&) {}

void add_node_reads(const Plan& plan, const Node& node, Nodes& open, std::set<FieldRead>& reads) {
    open.insert(open.end(), node.operands.begin(), node.operands.end());
    if (node.op == Op::Field)
        reads.insert({static_cast<EntityIndex>(node.detail), node.index});
    if (node.op != Op::Aggregate)
        return;
    const Aggregate& aggregate = plan.aggregates[node.index];
    append_roots(aggregate, open);
    if (aggregate.has_time_field)
        reads.insert({aggregate.collection, aggregate.time_field});
    if (const auto time = plan.schema.entities[aggregate.collection].visible_from())
        reads.insert({aggregate.collection, *time});
}

} // namespace

Plan without_notes(Plan plan) {
    NoteEraser eraser;
    describe(eraser, plan);
    return plan;
}

std::string content_hash(const Plan& plan) {
    Plan meaning = without_notes(plan);
    meaning.labels.clear();
    for (Table& table : meaning.tables)
        table.columns.clear(); // as they were written
    meaning.content_hash.clear();
    return hexadecimal(sha256(serialize(meaning)));
}

std::vector<NodeId> nodes_of_rule(const Plan& plan, std::uint32_t rule) {
    Nodes nodes;
    for (const std::uint32_t version : plan.rules[rule].versions)
        switch (plan.rules[rule].kind) {
#define RB_RULE_KIND(Name, id, spelling, layer, member)                                            \
    case RuleKind::Name:                                                                           \
        append_roots(plan.member[version], nodes);                                                 \
        append_shared_roots(plan, plan.member[version], nodes);                                    \
        break;
#include "runtime/plan/rule_kinds.def"
        }
    std::erase(nodes, kNoNode);
    return nodes;
}

std::vector<FieldRead> fields_read(const Plan& plan, std::uint32_t rule) {
    std::set<FieldRead> reads;
    for (const std::uint32_t version : plan.rules[rule].versions)
        switch (plan.rules[rule].kind) {
#define RB_RULE_KIND(Name, id, spelling, layer, member)                                            \
    case RuleKind::Name:                                                                           \
        add_direct_reads(plan, plan.member[version], reads);                                       \
        break;
#include "runtime/plan/rule_kinds.def"
        }
    std::unordered_set<NodeId> seen;
    Nodes open = nodes_of_rule(plan, rule);
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (id != kNoNode && seen.insert(id).second)
            add_node_reads(plan, plan.nodes[id], open, reads);
    }
    return {reads.begin(), reads.end()};
}

} // namespace rulebook::plan
