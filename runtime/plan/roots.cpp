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
    nodes.insert(nodes.end(), {trigger.on.clock, trigger.on.condition, trigger.when, trigger.say});
    for (const Stopper& unless : trigger.unless)
        nodes.push_back(unless.when);
}

void append_roots(const Credit& credit, std::vector<NodeId>& nodes) {
    nodes.insert(nodes.end(), {credit.deal_where, credit.at, credit.divide, credit.touch_where});
    for (const Split& split : credit.splits) {
        nodes.push_back(split.when);
        for (const MilestoneShare& milestone : split.milestones)
            nodes.push_back(milestone.instant);
        for (const RateRow& row : split.rates)
            nodes.push_back(row.when);
    }
    for (const Flag& flag : credit.flags)
        nodes.push_back(flag.when);
}

std::vector<std::uint32_t> signals_of(const Trigger& trigger) {
    std::vector<std::uint32_t> signals = trigger.on.absent;
    for (const Pattern& pattern : trigger.on.patterns)
        if (pattern.kind == Pattern::Kind::Signal)
            signals.push_back(pattern.signal);
    return signals;
}

std::vector<std::uint32_t> counted_signals(const On& on, const Pattern& pattern) {
    const Pattern& counted = on.patterns[pattern.operands.front()];
    if (counted.kind == Pattern::Kind::Signal)
        return {counted.signal};
    std::vector<std::uint32_t> signals;
    for (const std::uint32_t part : counted.operands)
        signals.push_back(on.patterns[part].signal);
    return signals;
}

std::vector<std::uint32_t> calendars_of(const Trigger& trigger) {
    std::vector<std::uint32_t> calendars;
    const auto note = [&](const Extent& extent) {
        if (extent.kind == Extent::Kind::Working)
            calendars.push_back(extent.calendar);
    };
    note(trigger.on.wait);
    for (const Pattern& pattern : trigger.on.patterns)
        for (const Extent& extent : pattern.within)
            note(extent);
    return calendars;
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

bool looks_around(Op op) {
    switch (op) {
    case Op::EvaluationInstant:
    case Op::Aggregate:
    case Op::Lookup:
    case Op::AsOfAgo:
    case Op::Change:
    case Op::ChangeNumber:
    case Op::CreditedAmount:
        return true;
    default:
        return reads_rule(op);
    }
}

} // namespace rulebook::plan
