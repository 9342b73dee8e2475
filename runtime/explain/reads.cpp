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

std::string cause_of(const plan::Plan& plan, const plan::Value& value) {
    if (value.known())
        return {};
    const plan::Unknown why = value.why();
    const std::string subject = why.origin == plan::kNoNode ? "it" : label_of(plan, why.origin);
    return subject + " is unknown: " + std::string(plan::words(why.cause));
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
