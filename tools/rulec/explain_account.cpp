#include "tools/rulec/explain_account.hpp"

#include <optional>
#include <utility>

#include "runtime/credit/account_credit.hpp"
#include "runtime/explain/explain_credit.hpp"
#include "runtime/explain/explain_policy.hpp"
#include "runtime/explain/explain_rule.hpp"
#include "runtime/explain/explain_trigger.hpp"
#include "runtime/explain/other_deal.hpp"
#include "runtime/trigger/account_triggers.hpp"
#include "runtime/trigger/needed_triggers.hpp"

namespace rulec::tool {

using rulebook::explain::Explanation;
using rulebook::plan::Plan;
using rulebook::plan::RuleKind;

namespace {

// What the explanations of one account are made from.
struct Ran {
    rulebook::interpret::Evaluator& evaluator;
    rulebook::trigger::AccountTriggers& account;
    const rulebook::trigger::History& history;
    const rulebook::credit::CreditShapes& credits;
    const rulebook::interpret::FiredLookup& fired;
    std::vector<rulebook::credit::DealCredit> deals;
};

Explanation explain_credit(const Ran& ran, std::uint32_t rule, const Subject& subject,
                           std::int64_t as_of) {
    if (subject.deal)
        if (auto other = rulebook::explain::explain_other_deal(
                ran.evaluator, ran.credits, rule, subject.root, {subject.deals, *subject.deal},
                as_of, &ran.fired))
            return std::move(*other);
    return rulebook::explain::explain_credit(ran.evaluator, ran.deals, rule, subject.root, as_of,
                                             &ran.fired);
}

std::vector<Explanation> explain_rules(const Ran& ran, const Subject& subject, std::int64_t as_of) {
    const Plan& plan = ran.evaluator.plan();
    std::vector<Explanation> explanations;
    if (subject.policy) {
        explanations.push_back(rulebook::explain::explain_policy(
            ran.evaluator, ran.account, ran.history, *subject.policy, as_of));
        return explanations;
    }
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule) {
        if ((subject.rule && *subject.rule != rule) ||
            (subject.deal && !divides(plan, rule, subject.deals)))
            continue;
        switch (plan.rules[rule].kind) {
        case RuleKind::Trigger:
            explanations.push_back(rulebook::explain::explain_trigger(
                ran.evaluator, ran.account, ran.history, rule, subject.root, as_of));
            break;
        case RuleKind::Credit:
            explanations.push_back(explain_credit(ran, rule, subject, as_of));
            break;
        default:
            explanations.push_back(
                rulebook::explain::explain_rule(ran.evaluator, rule, subject.root, as_of));
        }
    }
    return explanations;
}

// Of one rule, those that it needs; of an account, all.
rulebook::Result<rulebook::trigger::TriggerShapes> triggers_for(const Plan& plan,
                                                                const Subject& subject) {
    using rulebook::trigger::TriggerShapes;
    if (!subject.rule)
        return TriggerShapes::prepare(plan);
    const auto needed = rulebook::trigger::needed_triggers(plan, {&*subject.rule, 1});
    return TriggerShapes::prepare(plan, needed);
}

} // namespace

rulebook::Result<std::vector<Explanation>> explain_account(const Plan& plan,
                                                           const rulebook::data::Dataset& dataset,
                                                           const Subject& subject,
                                                           std::int64_t as_of) {
    auto prepared = rulebook::interpret::PreparedPlan::prepare(plan);
    if (!prepared)
        return tl::unexpected(prepared.error());
    auto triggers = triggers_for(plan, subject);
    if (!triggers)
        return tl::unexpected(triggers.error());
    auto credits = rulebook::credit::CreditShapes::prepare(plan);
    if (!credits)
        return tl::unexpected(credits.error());
    rulebook::interpret::Evaluator evaluator(*prepared, dataset);
    rulebook::trigger::AccountTriggers account(*triggers, evaluator);
    rulebook::trigger::History history;
    account.run(subject.root, as_of, &history);
    const rulebook::interpret::FiredLookup fired = account.fired();
    Ran ran{evaluator, account, history, *credits, fired, {}};
    ran.deals =
        rulebook::credit::credit_deals(*credits, evaluator, subject.root, as_of, &ran.fired);
    if (subject.deal)
        std::erase_if(ran.deals, [&](const auto& deal) { return deal.deal != *subject.deal; });
    return explain_rules(ran, subject, as_of);
}

} // namespace rulec::tool
