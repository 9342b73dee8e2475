#include "runtime/credit/deal_facts.hpp"

namespace rulebook::credit {

using plan::Value;

DealExpressions::DealExpressions(const DealRow& row, std::int64_t instant)
    : row_(row), frames_{row.root, row.deal_record()} {
    context_.instant = instant;
    context_.frames = frames_;
    context_.deal = row.deal;
    context_.fired = row.fired;
}

Value DealExpressions::value(plan::NodeId node) const {
    if (compiled_ != nullptr)
        if (auto found = compiled_->of(node, *row_.deal, context_.instant))
            return *std::move(found);
    return row_.evaluator.evaluate(node, context_);
}

Value DealExpressions::condition(plan::NodeId node) const {
    return node == plan::kNoNode ? Value::of(true) : value(node);
}

void append_facts(const plan::Split& split, std::vector<plan::NodeId>& nodes) {
    for (const plan::MilestoneShare& milestone : split.milestones)
        nodes.push_back(milestone.instant);
    for (const plan::RateRow& row : split.rates)
        nodes.push_back(row.when);
}

DealFacts facts_of(const plan::Split& split, const DealExpressions& then, std::int64_t at) {
    DealFacts facts;
    for (const plan::MilestoneShare& milestone : split.milestones) {
        if (milestone.instant == plan::kNoNode)
            continue; // the first touch, whenever it was
        const Value instant = then.value(milestone.instant);
        const bool resolved = instant.known() && instant.integer() <= at;
        facts.milestones.push_back(resolved ? std::optional(instant.integer()) : std::nullopt);
    }
    for (const plan::RateRow& row : split.rates)
        if (row.effective.contains(at) && then.condition(row.when).is_true()) {
            facts.unassisted = row.unassisted;
            facts.assisted = row.assisted;
            break;
        }
    return facts;
}

} // namespace rulebook::credit
