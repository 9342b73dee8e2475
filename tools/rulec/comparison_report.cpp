#include "tools/rulec/comparison_report.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/shown_text.hpp"
#include "tools/output/cell_text.hpp"
#include "tools/rulec/grouped_money.hpp"
#include "tools/rulec/rule_floors.hpp"
#include "tools/rulec/text_grid.hpp"

namespace rulec::tool {
namespace {

using nlohmann::ordered_json;
using rulebook::Currency;
using rulebook::Int128;
using rulebook::engine::ComparedParty;
using rulebook::engine::CreditComparison;
using rulebook::plan::Plan;

std::string signed_money(Int128 minor_units, Currency currency) {
    return (minor_units > 0 ? "+" : "") + grouped_money(minor_units, currency);
}

Int128 difference(const ComparedParty& party, std::size_t model) {
    return party.by_model[model].amount - party.by_model.front().amount;
}

std::vector<std::string> heads_of(const CreditComparison& comparison, const std::string& first) {
    std::vector<std::string> heads{first};
    for (const ComparedParty& party : comparison.parties)
        heads.push_back(harmless(party.party.name));
    return heads;
}

std::string amounts_text(const CreditComparison& comparison) {
    auto heads = heads_of(comparison, "model");
    heads.emplace_back("all");
    TextGrid grid(std::move(heads));
    for (std::size_t model = 0; model < comparison.models.size(); ++model) {
        std::vector<std::string> row{harmless(comparison.models[model].name)};
        Int128 all = 0;
        for (const ComparedParty& party : comparison.parties) {
            all += party.by_model[model].amount;
            row.push_back(grouped_money(party.by_model[model].amount, comparison.currency));
        }
        row.push_back(grouped_money(all, comparison.currency));
        grid.add(std::move(row));
    }
    return grid.text();
}

std::string differences_text(const CreditComparison& comparison) {
    auto heads = heads_of(comparison, "wins and loses");
    heads.emplace_back("changes hands");
    TextGrid grid(std::move(heads));
    for (std::size_t model = 1; model < comparison.models.size(); ++model) {
        std::vector<std::string> row{harmless(comparison.models[model].name)};
        for (const ComparedParty& party : comparison.parties)
            row.push_back(signed_money(difference(party, model), comparison.currency));
        row.push_back(grouped_money(comparison.models[model].moved, comparison.currency));
        grid.add(std::move(row));
    }
    return grid.text();
}

std::string passed_text(const CreditComparison& comparison) {
    std::string text;
    for (const auto& model : comparison.models)
        if (model.passed > 0)
            text += fmt::format("  {} cannot divide {} of the deals: nobody gets them\n",
                                harmless(model.name), model.passed);
    return text;
}

std::string compared_deals(std::uint64_t deals) {
    return fmt::format("{} deal{}", deals, deals == 1 ? "" : "s");
}

// As a run tells it, and why: no model divides these.
std::string uncredited_text(const CreditComparison& comparison) {
    std::string text;
    for (const auto& sum : comparison.uncredited) {
        text += fmt::format("  {} not credited, {}{}: {}\n", compared_deals(sum.deals),
                            grouped_money(sum.amount, comparison.currency),
                            sum.without_amount > 0
                                ? fmt::format(" and {} without an amount", sum.without_amount)
                                : "",
                            rulebook::credit::words(sum.cause));
    }
    return text;
}

// Models are what is compared; what else the rule says holds under each of them.
std::string kept_floors_text(const Plan& plan, const CreditComparison& comparison) {
    const std::string floors = floors_text(plan, comparison.rule);
    return floors.empty() ? ""
                          : fmt::format("  the rule's floors hold under every model: {}\n", floors);
}

ordered_json uncredited_json(const CreditComparison& comparison) {
    ordered_json causes = ordered_json::array();
    for (const auto& sum : comparison.uncredited)
        causes.push_back({{"cause", rulebook::credit::words(sum.cause)},
                          {"deals", sum.deals},
                          {"amount", output::money_text(sum.amount, comparison.currency)},
                          {"without_amount", sum.without_amount}});
    return causes;
}

} // namespace

std::string comparison_text(const Plan& plan, Comparisons comparisons) {
    std::string text;
    for (const CreditComparison& each : comparisons) {
        text += fmt::format("{}credit {}: {}, {} {}\n{}", text.empty() ? "" : "\n",
                            plan.rules[each.rule].name, compared_deals(each.deals),
                            each.currency.code(), grouped_money(each.amount, each.currency),
                            uncredited_text(each));
        if (each.deals > 0)
            text += fmt::format("\n{}\n{}{}{}", amounts_text(each), differences_text(each),
                                passed_text(each), kept_floors_text(plan, each));
    }
    return text;
}

ordered_json comparison_json(const Plan& plan, Comparisons comparisons,
                             std::optional<std::int64_t> as_of) {
    ordered_json all = {{"rulebook", plan.name}, {"version", plan.version}};
    all["as_of"] = as_of ? ordered_json(output::time_text(*as_of)) : ordered_json();
    all["comparisons"] = ordered_json::array();
    for (const CreditComparison& each : comparisons) {
        ordered_json json = {{"rule", plan.rules[each.rule].name},
                             {"currency", each.currency.code()},
                             {"deals", each.deals},
                             {"amount", output::money_text(each.amount, each.currency)},
                             {"not_credited", uncredited_json(each)},
                             {"floors", floors_json(plan, each.rule)},
                             {"models", ordered_json::array()}};
        for (std::size_t model = 0; model < each.models.size(); ++model) {
            ordered_json parties = ordered_json::array();
            for (const ComparedParty& party : each.parties)
                parties.push_back(
                    {{"party", party.party.name},
                     {"deals", party.by_model[model].deals},
                     {"amount", output::money_text(party.by_model[model].amount, each.currency)},
                     {"difference", output::money_text(difference(party, model), each.currency)}});
            json["models"].push_back(
                {{"model", each.models[model].name},
                 {"cannot_divide", each.models[model].passed},
                 {"changes_hands", output::money_text(each.models[model].moved, each.currency)},
                 {"parties", std::move(parties)}});
        }
        all["comparisons"].push_back(std::move(json));
    }
    return all;
}

input::TypedTable comparison_table(const Plan& plan, Comparisons comparisons) {
    struct Place {
        const CreditComparison* comparison;
        std::size_t model, party;
    };
    auto places = std::make_shared<std::vector<Place>>();
    for (const CreditComparison& each : comparisons)
        for (std::size_t model = 0; model < each.models.size(); ++model)
            for (std::size_t party = 0; party < each.parties.size(); ++party)
                places->push_back({&each, model, party});
    // Sums may be wider than a column of decimals: they are written as text, digit by digit.
    return {"comparison",
            {{"rule"},
             {"model"},
             {"party"},
             {"deals", input::ColumnType::Integer},
             {"amount"},
             {"difference"},
             {"currency"},
             {"floor"}},
            places->size(),
            [&plan, places](std::size_t row, input::RowSink& sink) {
                const auto& [comparison, model, index] = (*places)[row];
                const ComparedParty& party = comparison->parties[index];
                sink.text(plan.rules[comparison->rule].name);
                sink.text(comparison->models[model].name);
                sink.text(party.party.name);
                sink.integer(static_cast<std::int64_t>(party.by_model[model].deals));
                sink.text(output::money_text(party.by_model[model].amount, comparison->currency));
                sink.text(output::money_text(difference(party, model), comparison->currency));
                sink.text(comparison->currency.code());
                sink.text(floor_of(plan, comparison->rule, party.party.name));
            }};
}

} // namespace rulec::tool
