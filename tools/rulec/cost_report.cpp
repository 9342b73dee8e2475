#include "tools/rulec/cost_report.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/lower/cost.hpp"
#include "tools/output/cell_text.hpp"

namespace rulec::tool {
namespace {

using lower::Operations;
using lower::RulebookCost;
using lower::StateCost;
using nlohmann::ordered_json;
using rulebook::plan::Effective;
using rulebook::plan::Plan;

using Rows = std::vector<std::pair<std::string, std::string>>;

Effective effective_of(const Plan& plan, std::uint32_t rule, std::uint32_t version) {
    switch (plan.rules[rule].kind) {
#define RB_RULE_KIND(Name, id, spelling, layer, member)                                            \
    case rulebook::plan::RuleKind::Name:                                                           \
        return plan.member[version].effective;
#include "runtime/plan/rule_kinds.def"
    }
    return {};
}

// `reach_out`, `reach_out from 2026-01-01T00:00:00Z`.
std::string name_of(const Plan& plan, std::uint32_t rule, std::uint32_t version) {
    std::string name = plan.rules[rule].name;
    const Effective effective = effective_of(plan, rule, version);
    if (effective.from)
        name += " from " + output::time_text(*effective.from);
    if (effective.until)
        name += " until " + output::time_text(*effective.until);
    return name;
}

void append_table(std::string& text, std::string_view title, const Rows& rows) {
    if (rows.empty())
        return;
    std::size_t width = 0;
    for (const auto& [name, formula] : rows)
        width = std::max(width, name.size());
    text += fmt::format("{}\n", title);
    for (const auto& [name, formula] : rows)
        text += fmt::format("  {:<{}}  {}\n", name, width, formula);
}

ordered_json operations_json(const Plan& plan, const Operations& operations) {
    ordered_json json = {{"once", operations.once},
                         {"per_record", ordered_json::array()},
                         {"rules", ordered_json::array()}};
    for (const auto& loop : operations.per_record) {
        ordered_json each = {{"collection", plan.schema.entities[loop.collection].collection},
                             {"each", operations_json(plan, loop.each)}};
        if (!loop.window.empty())
            each["window"] = loop.window;
        if (loop.of)
            each["of_each"] = plan.schema.entities[*loop.of].name;
        json["per_record"].push_back(std::move(each));
    }
    for (const std::uint32_t rule : operations.rules)
        json["rules"].push_back(plan.rules[rule].name);
    return json;
}

ordered_json kept_json(const lower::Kept& kept) {
    return {{"what", kept.what}, {"count", kept.count}, {"bytes", kept.bytes}};
}

ordered_json state_json(const Plan& plan, const StateCost& state) {
    ordered_json json = {{"trigger", plan.rules[state.rule].name},
                         {"formula", formula(plan, state)},
                         {"kept", ordered_json::array()},
                         {"all_firings", state.all_firings},
                         {"records", ordered_json::array()}};
    if (state.policy)
        json["policy"] = plan.policies[*state.policy].name;
    for (const auto& kept : state.machine)
        json["kept"].push_back(kept_json(kept));
    for (const auto& records : state.records)
        json["records"].push_back(
            {{"collection", plan.schema.entities[records.collection].collection},
             {"all", records.all},
             {"window", records.window},
             {"read_by", records.read_by}});
    return json;
}

} // namespace

std::string cost_text(const Plan& plan) {
    const RulebookCost cost = lower::cost_of(plan);
    Rows operations;
    for (const auto& rule : cost.rules)
        operations.emplace_back(name_of(plan, rule.rule, rule.version), formula(plan, rule));
    Rows states;
    for (const auto& state : cost.triggers)
        states.emplace_back(name_of(plan, state.rule, state.version), formula(plan, state));
    for (const auto& policy : cost.policies)
        states.emplace_back("policy " + plan.policies[policy.policy].name,
                            lower::formula(policy.firings));
    const std::string& about = plan.schema.root_entity().name;
    std::string text;
    append_table(text, fmt::format("operations, at most, for one {}", about), operations);
    append_table(text, fmt::format("what a stream keeps of one {}", about), states);
    return text;
}

ordered_json cost_json(const Plan& plan) {
    const RulebookCost cost = lower::cost_of(plan);
    ordered_json json = {{"operations", ordered_json::array()},
                         {"state", ordered_json::array()},
                         {"policies", ordered_json::array()}};
    for (const auto& rule : cost.rules) {
        ordered_json each = {{"rule", plan.rules[rule.rule].name},
                             {"kind", spelling(plan.rules[rule.rule].kind)},
                             {"formula", formula(plan, rule)}};
        each.update(operations_json(plan, rule.operations));
        if (rule.at_candidate)
            each["at_candidate"] = operations_json(plan, *rule.at_candidate);
        json["operations"].push_back(std::move(each));
    }
    for (const auto& state : cost.triggers)
        json["state"].push_back(state_json(plan, state));
    for (const auto& policy : cost.policies)
        json["policies"].push_back(
            {{"policy", plan.policies[policy.policy].name}, {"kept", kept_json(policy.firings)}});
    return json;
}

} // namespace rulec::tool
