#include "tools/rulec/credit_summary.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/shown_text.hpp"
#include "runtime/value/amount.hpp"
#include "tools/output/cell_text.hpp"
#include "tools/output/flagged_parties.hpp"
#include "tools/rulec/credit_rules.hpp"
#include "tools/rulec/grouped_money.hpp"
#include "tools/rulec/motion_rules.hpp"
#include "tools/rulec/text_grid.hpp"

namespace rulec::tool {
namespace {

using nlohmann::ordered_json;
using rulebook::Currency;
using rulebook::Int128;
using rulebook::engine::Results;
using Sum = CreditSummary::Sum;
using Sums = CreditSummary::Sums;

// Of a whole, in millionths, rounded; none where the whole is nothing, or they differ in sign: of
// deals and reversals beside each other a share says nothing.
std::optional<std::int64_t> share_of(Int128 part, Int128 whole) {
    if (whole == 0 || (part != 0 && (part < 0) != (whole < 0)))
        return std::nullopt;
    const Int128 size = whole < 0 ? -whole : whole;
    const Int128 of_it = part < 0 ? -part : part;
    if (of_it > size)
        return std::nullopt;
    return static_cast<std::int64_t>((2 * of_it * rulebook::kMillionthsPerOne + size) / (2 * size));
}

// "42.78%".
std::string percent(Int128 part, Int128 whole) {
    const auto share = share_of(part, whole);
    return share ? fmt::format("{:.2f}%", static_cast<double>(*share) / 10'000.0) : "";
}

std::string deals_text(std::uint64_t deals) {
    return fmt::format("{} deal{}", deals, deals == 1 ? "" : "s");
}

ordered_json sum_json(const Sum& sum, Currency currency, Int128 whole) {
    ordered_json json = {{"deals", sum.deals},
                         {"amount", output::money_text(sum.amount, currency)}};
    const auto share = share_of(sum.amount, whole);
    json["share"] = share ? ordered_json(static_cast<double>(*share) /
                                         static_cast<double>(rulebook::kMillionthsPerOne))
                          : ordered_json();
    return json;
}

ordered_json sums_json(std::string_view what, const Sums& sums, Currency currency, Int128 whole) {
    ordered_json json = ordered_json::array();
    for (const auto& [name, sum] : sums) {
        ordered_json each = {{std::string(what), name}};
        each.update(sum_json(sum, currency, whole));
        json.push_back(std::move(each));
    }
    return json;
}

// Each with what the parties got of its deals, and whether the flag asks about them; their share is
// that of what they got of all.
ordered_json flags_json(const CreditSummary::InCurrency& sums,
                        const std::map<std::string, std::set<std::string>>& asked) {
    ordered_json json = sums_json("flag", sums.flags, sums.currency, sums.credited.amount);
    for (auto& flag : json) {
        flag["parties"] = ordered_json::array();
        const auto flagged = sums.flagged.find(flag["flag"].get<std::string>());
        if (flagged == sums.flagged.end())
            continue;
        const auto in_flag = asked.find(flagged->first);
        for (const auto& [party, sum] : flagged->second) {
            ordered_json each = {
                {"party", party},
                {"asked", in_flag != asked.end() && in_flag->second.contains(party)}};
            each.update(sum_json(sum, sums.currency, sums.parties.at(party).amount));
            flag["parties"].push_back(std::move(each));
        }
    }
    return json;
}

// The largest first.
std::vector<std::pair<std::string, Sum>> by_amount(const Sums& sums) {
    std::vector<std::pair<std::string, Sum>> sorted(sums.begin(), sums.end());
    std::ranges::sort(sorted, [](const auto& left, const auto& right) {
        if (left.second.amount != right.second.amount)
            return left.second.amount > right.second.amount;
        return left.first < right.first;
    });
    return sorted;
}

constexpr std::size_t kMostShown = 12;

void add_rows(
    TextGrid& grid, const Sums& sums, const std::string& prefix, Currency currency, Int128 whole,
    const std::function<void(const std::string&)>& below = [](const std::string&) {}) {
    const auto sorted = by_amount(sums);
    for (std::size_t i = 0; i < std::min(sorted.size(), kMostShown); ++i) {
        const auto& [name, sum] = sorted[i];
        grid.add({prefix + harmless(name), grouped_money(sum.amount, currency),
                  percent(sum.amount, whole), std::to_string(sum.deals)});
        below(name);
    }
    if (sorted.size() > kMostShown)
        grid.add({fmt::format("{}… and {} more: summary.json", prefix, sorted.size() - kMostShown),
                  "", "", ""});
}

} // namespace

CreditSummary::CreditSummary(const rulebook::plan::Plan& plan, const std::vector<std::string>& only)
    : plan_(plan), motions_(motion_rules(plan)), only_(only) {
    for (const std::uint32_t rule : credit_rules(plan, only)) {
        rules_[rule];
        asked_[rule] = output::parties_in_flags(plan, rule);
    }
}

CreditSummary::InCurrency* CreditSummary::sums_of(std::uint32_t rule, Currency currency) {
    const auto found = rules_.find(rule);
    if (found == rules_.end())
        return nullptr;
    InCurrency& sums = found->second[std::string(currency.code())];
    sums.currency = currency;
    return &sums;
}

void CreditSummary::add(const Results& results) {
    add_credits(results);
    for (const auto& bought : results.bought)
        if (InCurrency* sums = sums_of(bought.rule, bought.currency)) {
            for (Sum* sum : {&sums->bought[bought.by], &sums->credited}) {
                sum->deals += bought.deals;
                sum->amount += bought.amount;
            }
        }
    for (const auto& deal : results.uncredited)
        if (InCurrency* sums = sums_of(deal.rule, deal.currency)) {
            sums->uncredited.add(deal.amount.value_or(0));
            sums->uncredited_amountless += deal.amount ? 0 : 1;
        }
    add_flags(results);
}

void CreditSummary::add_flags(const Results& results) {
    for (const auto& flag : results.flags)
        if (InCurrency* sums = sums_of(flag.rule, flag.currency)) {
            sums->flags[flag.flag].add(flag.amount);
            for (const auto* credit : output::credits_of(flag, results))
                sums->flagged[flag.flag][credit->party].add(credit->amount);
        }
}

void CreditSummary::add_credits(const Results& results) {
    for (const auto& credit : results.credits) {
        InCurrency* sums = sums_of(credit.rule, credit.currency);
        if (sums == nullptr)
            continue;
        sums->parties[credit.party].add(credit.amount); // a party stands once in a deal
        add_by_motion(results, credit, *sums);
    }
}

void CreditSummary::add_by_motion(const Results& results,
                                  const rulebook::engine::PartyCredit& credit, InCurrency& sums) {
    const auto account = std::ranges::lower_bound(results.accounts, credit.account);
    for (const auto& decision : results.decisions) {
        if (!decision.version || std::ranges::find(motions_, decision.rule) == motions_.end())
            continue;
        std::string motion = "not there yet";
        if (account != results.accounts.end() && *account == credit.account) {
            const auto& value =
                decision.value[static_cast<std::size_t>(account - results.accounts.begin())];
            motion = value.known()
                         ? output::cell_text(plan_.schema, plan_.rules[decision.rule].type, value)
                         : "unknown";
        }
        sums.by_motion[decision.rule][motion][credit.party].add(credit.amount);
    }
}

std::string CreditSummary::text(std::uint32_t rule, const InCurrency& sums) const {
    const Currency currency = sums.currency;
    std::string text =
        fmt::format("credit {}: {}, {} {}", plan_.rules[rule].name, deals_text(sums.credited.deals),
                    currency.code(), grouped_money(sums.credited.amount, currency));
    if (sums.uncredited.deals > 0) {
        text += fmt::format("; {} not credited, {}", deals_text(sums.uncredited.deals),
                            grouped_money(sums.uncredited.amount, currency));
        if (sums.uncredited_amountless > 0)
            text += fmt::format(" and {} without an amount", sums.uncredited_amountless);
    }
    text += '\n';
    TextGrid grid({"party", "amount", "share", "deals"});
    const Int128 whole = sums.credited.amount;
    add_rows(grid, sums.parties, "", currency, whole);
    add_rows(grid, sums.bought, "bought by ", currency, whole);
    add_rows(grid, sums.flags, "flag ", currency, whole,
             [&](const std::string& flag) { add_disputed(rule, flag, sums, grid); });
    return sums.credited.deals == 0 ? text : text + grid.text();
}

// Of the parties that the flag asks about: how much of their credit it disputes.
void CreditSummary::add_disputed(std::uint32_t rule, const std::string& flag,
                                 const InCurrency& sums, TextGrid& grid) const {
    const auto asked = asked_.at(rule).find(flag);
    const auto flagged = sums.flagged.find(flag);
    if (asked == asked_.at(rule).end() || flagged == sums.flagged.end())
        return;
    for (const auto& [party, sum] : flagged->second)
        if (asked->second.contains(party))
            grid.add({fmt::format("  of what {} gets", harmless(party)),
                      grouped_money(sum.amount, sums.currency),
                      percent(sum.amount, sums.parties.at(party).amount),
                      std::to_string(sum.deals)});
}

std::string CreditSummary::text() const {
    std::string text;
    for (const auto& [rule, currencies] : rules_) {
        if (currencies.empty())
            text += fmt::format("credit {}: no deals\n", plan_.rules[rule].name);
        for (const auto& [code, sums] : currencies)
            text += this->text(rule, sums);
    }
    return text;
}

// Where nothing is told by motion.
std::string CreditSummary::why_no_motion() const {
    if (motions_.empty())
        return "no rule of the rulebook is a `motion`";
    const std::string& name = plan_.rules[motions_.front()].name;
    if (!only_.empty() && std::ranges::find(only_, name) == only_.end())
        return fmt::format("`{0}` was not asked for: add `--only {0}`", name);
    return fmt::format("no version of `{}` is in force", name);
}

ordered_json CreditSummary::json(std::uint32_t rule, const InCurrency& sums) const {
    const Currency currency = sums.currency;
    const Int128 whole = sums.credited.amount;
    ordered_json json = {
        {"currency", currency.code()},
        {"credited",
         {{"deals", sums.credited.deals}, {"amount", output::money_text(whole, currency)}}},
        {"not_credited",
         {{"deals", sums.uncredited.deals},
          {"amount", output::money_text(sums.uncredited.amount, currency)},
          {"without_amount", sums.uncredited_amountless}}},
        {"parties", sums_json("party", sums.parties, currency, whole)},
        {"bought", sums_json("by", sums.bought, currency, whole)},
        {"flags", flags_json(sums, asked_.at(rule))},
        {"by_motion", ordered_json::array()}};
    for (const auto& [decision, motions] : sums.by_motion)
        for (const auto& [motion, parties] : motions)
            json["by_motion"].push_back(
                {{"decision", plan_.rules[decision].name},
                 {"motion", motion},
                 {"parties", sums_json("party", parties, currency, whole)}});
    if (sums.by_motion.empty() && sums.credited.deals > 0)
        json["no_motion"] = why_no_motion();
    return json;
}

ordered_json CreditSummary::json() const {
    ordered_json all = ordered_json::array();
    for (const auto& [rule, currencies] : rules_) {
        ordered_json each = {{"rule", plan_.rules[rule].name},
                             {"currencies", ordered_json::array()}};
        for (const auto& [code, sums] : currencies)
            each["currencies"].push_back(json(rule, sums));
        all.push_back(std::move(each));
    }
    return all;
}

} // namespace rulec::tool
