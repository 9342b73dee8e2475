#include "tools/rulec/explained_subject.hpp"

#include <algorithm>
#include <utility>

#include "tools/rulec/rule_name.hpp"

namespace rulec::tool {

using rulebook::data::RowIndex;
using rulebook::plan::Plan;
using rulebook::plan::RuleKind;

bool divides(const Plan& plan, std::uint32_t rule, rulebook::plan::EntityIndex deals) {
    return plan.rules[rule].kind == RuleKind::Credit &&
           std::ranges::any_of(plan.rules[rule].versions, [&](std::uint32_t version) {
               return plan.credits[version].deals == deals;
           });
}

rulebook::Result<Subject> subject_named(const Plan& plan, const std::string& name) {
    Subject subject;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        if (plan.rules[rule].name == name)
            subject.rule = rule;
    for (std::uint32_t policy = 0; policy < plan.policies.size(); ++policy)
        if (plan.policies[policy].name == name)
            subject.policy = policy;
    if (subject.rule || subject.policy)
        return subject;
    return tl::unexpected(no_rule_named(plan, name, true));
}

namespace {

// The record of that key which the rule divides (no rule: some rule).
std::optional<std::pair<rulebook::plan::EntityIndex, RowIndex>>
deal_of(const Plan& plan, const rulebook::data::Dataset& dataset, const std::string& key,
        std::optional<std::uint32_t> rule) {
    for (const auto& credit : plan.credits)
        if (!rule || divides(plan, *rule, credit.deals))
            if (const RowIndex row = dataset.find_key(credit.deals, key);
                row != rulebook::data::kNoRow)
                return std::pair(credit.deals, row);
    return std::nullopt;
}

} // namespace

rulebook::Result<void> find_deal(const Plan& plan, const rulebook::data::Dataset& dataset,
                                 const std::string& key, Subject& subject) {
    const auto error = [](std::string message, std::string help = {}) {
        return rulebook::make_error("explain.deal", std::move(message), std::move(help));
    };
    if (plan.credits.empty())
        return error("the rulebook has no credit rule, so there are no deals");
    if (subject.policy || (subject.rule && plan.rules[*subject.rule].kind != RuleKind::Credit))
        return error("`--deal` is about credit rules, and `--rule` names none");
    const auto deal = deal_of(plan, dataset, key, subject.rule);
    if (!deal && deal_of(plan, dataset, key, std::nullopt))
        return error("`" + key + "` is no record that `" + plan.rules[*subject.rule].name +
                     "` divides");
    if (!deal)
        return error("there is no deal `" + key + "` among the records", kRejectsSayWhy);
    subject.deals = deal->first;
    subject.deal = deal->second;
    subject.root = dataset.table(subject.deals).parent(deal->second);
    return {};
}

} // namespace rulec::tool
