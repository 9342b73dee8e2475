#include "compiler/lower/cost.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rulec::lower {

using rulebook::plan::Plan;

namespace {

std::string term(const Plan& plan, const PerRecord& loop) {
    const bool compound = !loop.each.per_record.empty() || !loop.each.rules.empty();
    const std::string each = formula(plan, loop.each);
    const auto& entities = plan.schema.entities;
    return fmt::format("{}{}{} × {}", entities[loop.collection].collection,
                       loop.of ? " of each " + entities[*loop.of].name : "",
                       loop.window.empty() ? "" : " " + loop.window,
                       compound ? "(" + each + ")" : each);
}

std::vector<PolicyState> policies_of(const Plan& plan) {
    constexpr std::int64_t kInstant = 8;
    std::vector<PolicyState> policies;
    for (std::uint32_t index = 0; index < plan.policies.size(); ++index) {
        std::int64_t count = 0;
        for (const auto& limit : plan.policies[index].limits)
            count = std::max(count, limit.count);
        if (count > 0)
            policies.push_back({index, {count, "firing", count * kInstant}});
    }
    return policies;
}

} // namespace

RulebookCost cost_of(const Plan& plan) {
    RulebookCost cost;
    for (std::uint32_t index = 0; index < plan.rules.size(); ++index) {
        const auto& rule = plan.rules[index];
        for (const std::uint32_t version : rule.versions) {
            cost.rules.push_back(operations_of(plan, index, version));
            if (rule.kind == rulebook::plan::RuleKind::Trigger)
                cost.triggers.push_back(state_of(plan, index, version));
        }
    }
    cost.policies = policies_of(plan);
    return cost;
}

std::string formula(const Plan& plan, const Operations& operations) {
    std::string text = std::to_string(operations.once);
    for (const PerRecord& loop : operations.per_record)
        text += " + " + term(plan, loop);
    for (const std::uint32_t rule : operations.rules)
        text += " + " + plan.rules[rule].name;
    return text;
}

std::string formula(const Plan& plan, const RuleCost& cost) {
    std::string text = formula(plan, cost.operations);
    if (cost.at_candidate)
        text += "; at each candidate " + formula(plan, *cost.at_candidate);
    return text;
}

} // namespace rulec::lower
