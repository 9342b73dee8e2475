#include "tools/rulec/run_summary.hpp"

#include <algorithm>
#include <ostream>
#include <string_view>

#include <fmt/format.h>

#include "tools/output/cell_text.hpp"

namespace rulec::tool {
namespace {

namespace engine = rulebook::engine;
using rulebook::plan::RuleKind;
using rulebook::plan::TypeKind;

bool has_few_values(const rulebook::plan::Type& type) {
    return type.is(TypeKind::Enum) || type.is(TypeKind::Bool);
}

} // namespace

RunSummary::RunSummary(const rulebook::plan::Plan& plan, std::vector<std::string> only)
    : plan_(plan), only_(std::move(only)) {
    for (std::uint32_t rule = 0; rule < plan_.rules.size(); ++rule)
        if (plan_.rules[rule].kind == RuleKind::Credit && is_wanted(rule))
            credits_[rule];
}

bool RunSummary::is_wanted(std::uint32_t rule) const {
    return only_.empty() || std::ranges::find(only_, plan_.rules[rule].name) != only_.end();
}

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
            ++values[value.known() ? output::cell_text(plan_.schema, type, value) : "unknown"];
    }
    if (triggers_.empty())
        triggers_ = results.trigger_counts;
    else
        for (std::size_t i = 0; i < triggers_.size(); ++i)
            triggers_[i] += results.trigger_counts[i];
    for (const auto& credit : results.credits) {
        Credit& sum = credits_[credit.rule].parties[{credit.currency.code(), credit.party}];
        sum.amount += credit.amount;
        sum.deals += 1; // a party stands once in a deal
    }
    for (const auto& deal : results.uncredited)
        ++credits_[deal.rule].uncredited;
    for (const auto& flag : results.flags)
        ++flags_[{flag.rule, flag.flag}];
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

// What did not happen is left out.
static std::string trigger_line(const std::string& name, const engine::TriggerCounts& counts) {
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

std::vector<RunSummary::Values> RunSummary::decisions() const {
    std::vector<Values> all;
    for (const auto& [rule, counts] : values_)
        all.push_back({rule, {counts.begin(), counts.end()}});
    return all;
}

void RunSummary::print(Console& console) const {
    std::ostream& out = console.results;
    for (const auto& list : {fits(), decisions()})
        for (const Values& values : list) {
            out << spelling(plan_.rules[values.rule].kind) << ' ' << plan_.rules[values.rule].name
                << ':';
            for (const auto& [value, count] : values.counts)
                out << ' ' << value << ' ' << count;
            out << '\n';
        }
    for (const auto& counts : triggers_)
        out << trigger_line(plan_.rules[counts.rule].name, counts);
    for (const auto& [rule, credit] : credits_) {
        out << "credit " << plan_.rules[rule].name << ':';
        for (const auto& [key, sum] : credit.parties)
            out << ' ' << key.second << ' ' << key.first << ' '
                << output::money_text(sum.amount, *rulebook::Currency::of(key.first));
        if (credit.uncredited > 0)
            out << (credit.parties.empty() ? " " : "; ") << credit.uncredited
                << " deals not credited";
        else if (credit.parties.empty())
            out << " no deals";
        out << '\n';
    }
    std::map<std::string, std::uint64_t> flags;
    for (const auto& [key, count] : flags_)
        flags[key.second] += count;
    for (const auto& [flag, count] : flags)
        out << "flag " << flag << ": " << count << " deals\n";
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
    for (const auto& [rule, credit] : credits_) {
        for (const auto& [key, sum] : credit.parties)
            lines.push_back({plan_.rules[rule].name, key.second, sum.deals,
                             output::money_text(sum.amount, *rulebook::Currency::of(key.first)),
                             key.first, hindsight_[rule]});
        line(rule, "not credited", credit.uncredited);
    }
    for (const auto& [key, count] : flags_)
        line(key.first, "flag " + key.second, count);
    return lines;
}

} // namespace rulec::tool
