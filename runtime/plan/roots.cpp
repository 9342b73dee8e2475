#include "runtime/plan/roots.hpp"

namespace rulebook::plan {

void append_roots(const Aggregate& aggregate, std::vector<NodeId>& nodes) {
    nodes.insert(nodes.end(), {aggregate.where, aggregate.value, aggregate.have});
    for (const Window& window : aggregate.windows)
        nodes.push_back(window.anchor);
}

void append_roots(const Fit& fit, std::vector<NodeId>& nodes) {
    for (const OutClause& out : fit.outs)
        nodes.push_back(out.when);
    for (const PointsClause& clause : fit.clauses) {
        nodes.push_back(clause.when);
        if (clause.ramp)
            nodes.push_back(clause.ramp->input);
        if (clause.for_each)
            append_roots(clause.for_each->elements, nodes);
    }
}

void append_roots(const Decision& decision, std::vector<NodeId>& nodes) {
    for (const Choice& choice : decision.choices)
        nodes.insert(nodes.end(), {choice.when, choice.value});
}

void append_roots(const Table& table, std::vector<NodeId>& nodes) {
    for (const TableRow& row : table.rows) {
        nodes.insert(nodes.end(), row.conditions.begin(), row.conditions.end());
        nodes.insert(nodes.end(), row.outputs.begin(), row.outputs.end());
    }
}

void append_roots(const Trigger& trigger, std::vector<NodeId>& nodes) {
    nodes.insert(nodes.end(), {trigger.when, trigger.unless, trigger.say});
}

void append_roots(const Credit& credit, std::vector<NodeId>& nodes) {
    nodes.insert(nodes.end(), {credit.deal_where, credit.at, credit.divide, credit.touch_where});
    for (const Split& split : credit.splits)
        nodes.push_back(split.when);
    for (const Flag& flag : credit.flags)
        nodes.push_back(flag.when);
}

std::vector<std::uint32_t> signals_of(const Trigger& trigger) {
    std::vector<std::uint32_t> signals;
    for (const Pattern& pattern : trigger.patterns)
        if (pattern.kind == Pattern::Kind::Signal)
            signals.push_back(pattern.signal);
    return signals;
}

bool reads_rule(Op op) {
    switch (op) {
    case Op::FitScore:
    case Op::FitTier:
    case Op::FitOut:
    case Op::FitUnknowns:
    case Op::DecisionResult:
    case Op::TableOutput:
    case Op::TriggerFired:
        return true;
    default:
        return false;
    }
}

} // namespace rulebook::plan
