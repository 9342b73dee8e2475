#include "tools/rulec/run_summary.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tools/output/cell_text.hpp"
#include "tools/rulec/credit_rules.hpp"
#include "tools/rulec/motion_rules.hpp"

namespace rulec::tool {
namespace {

namespace engine = rulebook::engine;
using nlohmann::ordered_json;
using rulebook::plan::RuleKind;
using rulebook::plan::TypeKind;

constexpr std::string_view kUnknown = "unknown";

bool has_few_values(const rulebook::plan::Type& type) {
    return type.is(TypeKind::Enum) || type.is(TypeKind::Bool);
}

// What did not happen is left out.
std::string trigger_line(const std::string& name, const engine::TriggerCounts& counts) {
    std::string line = fmt::format("trigger {}: {} fired", name, counts.fired);
    const auto add = [&](std::uint64_t count, std::string_view words) {
        if (count > 0)
            line += fmt::format(", {} {}", count, words);
    };
    add(counts.control, "control");
    add(counts.suppressed, "suppressed");
    add(counts.when_false + counts.when_unknown, "candidates whose `when` did not hold");
    add(counts.not_in_force, "without a version in force");
    add(counts.before_origin, "before the account's origin");
    add(counts.pending, "pending");
    return line + "\n";
}

ordered_json trigger_json(const std::string& name, const engine::TriggerCounts& counts) {
    return {{"rule", name},
            {"fired", counts.fired},
            {"control", counts.control},
            {"suppressed", counts.suppressed},
            {"when_false", counts.when_false},
            {"when_unknown", counts.when_unknown},
            {"not_in_force", counts.not_in_force},
            {"before_origin", counts.before_origin},
            {"pending", counts.pending}};
}

} // namespace

RunSummary::RunSummary(const rulebook::plan::Plan& plan, const std::vector<std::string>& only)
    : plan_(plan), all_rules_(only.empty()), credit_(plan, only) {}

void RunSummary::add(const engine::Results& results) {
    evaluated_ += results.accounts.size();
    not_yet_ += results.not_yet;
    hindsight_ = results.hindsight;
    for (const auto& fit : results.fits)
        if (fit.version && plan_.rules[fit.rule].type.is(TypeKind::Enum))
            for (auto& tiers = tiers_[fit.rule]; const std::int64_t tier : fit.tier)
                ++tiers[tier];
    for (const auto& decision : results.decisions) {
        const auto& type = plan_.rules[decision.rule].type;
        if (!decision.version || !has_few_values(type))
            continue;
        auto& values = values_[decision.rule];
        for (const auto& value : decision.value)
            ++values[value.known() ? output::cell_text(plan_.schema, type, value)
                                   : std::string(kUnknown)];
    }
    if (triggers_.empty())
        triggers_ = results.trigger_counts;
    else
        for (std::size_t i = 0; i < triggers_.size(); ++i)
            triggers_[i] += results.trigger_counts[i];
    credit_.add(results);
}

std::vector<RunSummary::Values> RunSummary::fits() const {
    std::vector<Values> all;
    for (const auto& [rule, tiers] : tiers_) {
        Values& values = all.emplace_back();
        values.rule = rule;
        for (const auto& [tier, count] : tiers)
            values.counts.emplace_back(output::cell_text(plan_.schema, plan_.rules[rule].type,
                                                         rulebook::plan::Value::of(tier)),
                                       count);
    }
    return all;
}

std::vector<RunSummary::Values> RunSummary::decisions() const {
    std::vector<Values> all;
    for (const auto& [rule, counts] : values_)
        all.push_back({rule, {counts.begin(), counts.end()}});
    return all;
}

std::optional<RunSummary::Unsplit> RunSummary::unsplit() const {
    const auto motions = motion_rules(plan_);
    if (!all_rules_ || motions.empty() || !credit_rules(plan_, {}).empty())
        return std::nullopt;
    Unsplit unsplit{.rule = motions.front(), .motion = {}};
    const auto values = values_.find(unsplit.rule);
    if (values != values_.end() && values->second.size() == 1 &&
        values->second.begin()->first != kUnknown)
        unsplit.motion = values->second.begin()->first;
    return unsplit;
}

std::string RunSummary::text() const {
    std::string text;
    for (const auto& list : {fits(), decisions()})
        for (const Values& values : list) {
            text += fmt::format("{} {}:", spelling(plan_.rules[values.rule].kind),
                                plan_.rules[values.rule].name);
            for (const auto& [value, count] : values.counts)
                text += fmt::format(" {} {}", value, count);
            text += '\n';
        }
    for (const auto& counts : triggers_)
        text += trigger_line(plan_.rules[counts.rule].name, counts);
    if (const auto unsplit = this->unsplit()) {
        const std::string& motion = plan_.rules[unsplit->rule].name;
        text += "credit: no deal is split: this rulebook has no credit rule, ";
        text += unsplit->motion.empty()
                    ? fmt::format("yet {} differs between accounts\n", motion)
                    : fmt::format("and {} is {} for every account\n", motion, unsplit->motion);
    }
    return text + credit_.text();
}

ordered_json RunSummary::json() const {
    ordered_json json = {{"accounts", {{"evaluated", evaluated_}, {"not_yet_there", not_yet_}}},
                         {"fits", ordered_json::array()},
                         {"decisions", ordered_json::array()},
                         {"triggers", ordered_json::array()},
                         {"credit", credit_.json()}};
    if (const auto unsplit = this->unsplit())
        json["no_split"] = {
            {"decision", plan_.rules[unsplit->rule].name},
            {"motion", unsplit->motion.empty() ? ordered_json() : ordered_json(unsplit->motion)}};
    const auto add = [&](const char* list, const std::vector<Values>& all) {
        for (const Values& values : all) {
            ordered_json counts = ordered_json::object();
            for (const auto& [value, count] : values.counts)
                counts[value] = count;
            json[list].push_back(
                {{"rule", plan_.rules[values.rule].name}, {"accounts", std::move(counts)}});
        }
    };
    add("fits", fits());
    add("decisions", decisions());
    for (const auto& counts : triggers_)
        json["triggers"].push_back(trigger_json(plan_.rules[counts.rule].name, counts));
    return json;
}

std::vector<SummaryLine> RunSummary::lines() const {
    std::vector<SummaryLine> lines;
    const auto line = [&](std::uint32_t rule, std::string outcome, std::uint64_t count) {
        lines.push_back(
            {plan_.rules[rule].name, std::move(outcome), count, {}, {}, hindsight_[rule]});
    };
    lines.push_back({{}, "evaluated", evaluated_, {}, {}, {}});
    lines.push_back({{}, "not yet there", not_yet_, {}, {}, {}});
    for (const auto& list : {fits(), decisions()})
        for (const Values& values : list)
            for (const auto& [value, count] : values.counts)
                line(values.rule, value, count);
    for (const auto& counts : triggers_) {
        line(counts.rule, "fired", counts.fired);
        line(counts.rule, "control", counts.control);
        line(counts.rule, "suppressed", counts.suppressed);
    }
    for (const auto& [rule, currencies] : credit_.rules())
        add_credit_lines(rule, currencies, lines);
    return lines;
}

void RunSummary::add_credit_lines(
    std::uint32_t rule, const std::map<std::string, CreditSummary::InCurrency>& currencies,
    std::vector<SummaryLine>& lines) const {
    std::uint64_t uncredited = 0;
    for (const auto& currency : currencies) {
        const CreditSummary::InCurrency& sums = currency.second;
        uncredited += sums.uncredited.deals;
        const auto line = [&](const std::string& outcome, const CreditSummary::Sum& sum) {
            lines.push_back({plan_.rules[rule].name, outcome, sum.deals,
                             output::money_text(sum.amount, sums.currency),
                             std::string(sums.currency.code()), hindsight_[rule]});
        };
        for (const auto& [party, sum] : sums.parties)
            line(party, sum);
        for (const auto& [flag, sum] : sums.flags)
            line("flag " + flag, sum);
    }
    lines.push_back({plan_.rules[rule].name, "not credited", uncredited, {}, {}, hindsight_[rule]});
}

} // namespace rulec::tool
