#include "compiler/lower/rule_lowering.hpp"

namespace rulec::lower {

using rulebook::plan::Credit;
using rulebook::plan::Decision;
using rulebook::plan::Fit;
using rulebook::plan::Table;
using rulebook::plan::Trigger;

namespace {

// Frames at hand: the root; and the deal; and the touch.
const Binding kAboutRoot = plain_binding(1);
const Binding kAboutDeal = plain_binding(2);
const Binding kAboutTouch = plain_binding(3);

} // namespace

Fit lower_version(ExpressionLowering& expressions, Fit fit) {
    for (auto& out : fit.outs)
        out.when = expressions.lower(out.when, kAboutRoot);
    for (auto& clause : fit.clauses) {
        clause.when = expressions.lower(clause.when, kAboutRoot);
        if (clause.ramp)
            clause.ramp->input = expressions.lower(clause.ramp->input, kAboutRoot);
        if (clause.for_each)
            clause.for_each->elements = expressions.lower(clause.for_each->elements, kAboutRoot);
    }
    return fit;
}

Decision lower_version(ExpressionLowering& expressions, Decision decision) {
    for (auto& choice : decision.choices) {
        choice.when = expressions.lower(choice.when, kAboutRoot);
        choice.value = expressions.lower(choice.value, kAboutRoot);
    }
    return decision;
}

Table lower_version(ExpressionLowering& expressions, Table table) {
    for (auto& row : table.rows) {
        for (NodeId& condition : row.conditions)
            condition = expressions.lower(condition, kAboutRoot);
        for (NodeId& output : row.outputs)
            output = expressions.lower(output, kAboutRoot);
    }
    return table;
}

Trigger lower_version(ExpressionLowering& expressions, Trigger trigger) {
    for (NodeId* part : {&trigger.on.clock, &trigger.on.condition})
        *part = expressions.lower(*part, kAboutRoot);
    // A frame for each kind of record that may complete the pattern.
    const Binding about_completing =
        plain_binding(static_cast<std::uint32_t>(1 + trigger.completing.size()));
    for (NodeId* part : {&trigger.when, &trigger.say})
        *part = expressions.lower(*part, about_completing);
    for (auto& unless : trigger.unless)
        unless.when = expressions.lower(unless.when, about_completing);
    return trigger;
}

Credit lower_version(ExpressionLowering& expressions, Credit credit) {
    for (NodeId* part : {&credit.deal_where, &credit.at, &credit.divide})
        *part = expressions.lower(*part, kAboutDeal);
    credit.touch_where = expressions.lower(credit.touch_where, kAboutTouch);
    for (auto& split : credit.splits) {
        split.when = expressions.lower(split.when, kAboutDeal);
        for (auto& milestone : split.milestones)
            milestone.instant = expressions.lower(milestone.instant, kAboutDeal);
        for (auto& row : split.rates)
            row.when = expressions.lower(row.when, kAboutRoot);
    }
    for (auto& flag : credit.flags)
        flag.when = expressions.lower(flag.when, kAboutDeal);
    return credit;
}

} // namespace rulec::lower
