#include "runtime/explain/reads.hpp"

#include <algorithm>

#include "runtime/interpret/readable.hpp"
#include "runtime/plan/roots.hpp"

namespace rulebook::explain {

namespace {

using plan::NodeId;
using plan::Op;

// Whether the value comes in at the node, so that its operands are of no further interest.
bool is_read(Op op) {
    const bool shows_its_operands = op == Op::EvaluationInstant || op == Op::Lookup;
    return op == Op::Field || (plan::looks_around(op) && !shows_its_operands);
}

void gather(const plan::Plan& plan, NodeId id, std::vector<bool>& visited,
            std::vector<NodeId>& reads) {
    if (visited[id])
        return;
    visited[id] = true;
    const plan::Node& node = plan.node(id);
    if (is_read(node.op)) {
        reads.push_back(id);
        return;
    }
    for (const NodeId operand : node.operands)
        gather(plan, operand, visited, reads);
    if (node.op == Op::Lookup)
        reads.push_back(id);
}

std::string description(const plan::Plan& plan, const plan::Node& node) {
    switch (node.op) {
    case Op::Field:
        return plan.schema.entities[static_cast<std::size_t>(node.detail)].fields[node.index].name;
    case Op::Aggregate: {
        const plan::Aggregate& aggregate = plan.aggregates[node.index];
        return std::string(plan::spelling(aggregate.kind)) + "(" +
               plan.schema.entities[aggregate.collection].collection + ")";
    }
    case Op::FitScore:
        return plan.rules[node.index].name + ".score";
    case Op::FitTier:
        return plan.rules[node.index].name + ".tier";
    case Op::FitOut:
        return plan.rules[node.index].name + ".out";
    case Op::FitUnknowns:
        return plan.rules[node.index].name + ".unknowns";
    case Op::DecisionResult:
    case Op::TableOutput:
        return plan.rules[node.index].name;
    case Op::TriggerFired:
        return plan.rules[node.index].name + " fired";
    case Op::Lookup:
        return plan.lookups[node.index].name;
    default:
        return std::string(plan::name(node.op));
    }
}

} // namespace

std::vector<NodeId> reads_of(const plan::Plan& plan, NodeId node) {
    std::vector<NodeId> reads;
    if (node == plan::kNoNode)
        return reads;
    std::vector<bool> visited(plan.nodes.size());
    gather(plan, node, visited, reads);
    return reads;
}

std::string label_of(const plan::Plan& plan, NodeId node) {
    if (node < plan.labels.size() && !plan.labels[node].empty())
        return plan.labels[node];
    return description(plan, plan.node(node));
}

namespace {

// The date that says since when the field of that label is known: "closed_at". Empty: a node does
// not say of which record it is, and fields of that name go by different dates.
std::string date_of_knowing(const plan::Plan& plan, std::string_view label) {
    const std::string_view name = label.substr(label.rfind('.') + 1); // npos + 1 is the start
    std::string date;
    for (const plan::Entity& entity : plan.schema.entities) {
        const auto field = entity.field_named(name);
        if (!field || !entity.fields[*field].known_from)
            continue;
        const std::string& known_from = entity.fields[*entity.fields[*field].known_from].name;
        if (!date.empty() && date != known_from)
            return {};
        date = known_from;
    }
    return date;
}

} // namespace

std::string cause_of(const plan::Plan& plan, const plan::Value& value) {
    if (value.known())
        return {};
    const plan::Unknown why = value.why();
    const bool nameless = why.origin == plan::kNoNode;
    const std::string subject = nameless ? "it" : label_of(plan, why.origin);
    std::string why_so(plan::words(why.cause));
    if (why.cause == plan::Cause::NoDate && !nameless)
        if (const std::string date = date_of_knowing(plan, subject);
            !date.empty() && !subject.ends_with(date))
            why_so = "`" + date + "` is missing, which says since when it is known";
    return subject + " is unknown: " + why_so;
}

std::vector<Named> seen_by(interpret::Evaluator& evaluator, NodeId node,
                           const interpret::RowContext& row) {
    const plan::Plan& plan = evaluator.plan();
    std::vector<Named> seen;
    for (const NodeId read : reads_of(plan, node)) {
        const plan::Value value = evaluator.evaluate(read, row);
        Named named{
            label_of(plan, read),
            interpret::readable(plan.schema, plan.node(read).type, value, &evaluator.zone()),
            cause_of(plan, value)};
        if (std::ranges::find(seen, named) == seen.end())
            seen.push_back(std::move(named));
    }
    return seen;
}

Truth truth_of(const plan::Value& value) {
    if (!value.known())
        return Truth::Unknown;
    return value.boolean() ? Truth::True : Truth::False;
}

} // namespace rulebook::explain
