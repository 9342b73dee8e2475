#include "tools/rulec/comparison_report.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/shown_text.hpp"
#include "tools/output/cell_text.hpp"

namespace rulec::tool {
namespace {

using nlohmann::ordered_json;
using rulebook::Currency;
using rulebook::Int128;
using rulebook::engine::ComparedParty;
using rulebook::engine::CreditComparison;
using rulebook::plan::Plan;

// "1,234,567.50": sums are compared by eye.
std::string money(Int128 minor_units, Currency currency) {
    std::string text = output::money_text(minor_units, currency);
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    constexpr std::size_t kDigits = 3;
    for (std::size_t at = std::min(text.find('.'), text.size()); at > first + kDigits;) {
        at -= kDigits;
        text.insert(at, ",");
    }
    return text;
}

std::string signed_money(Int128 minor_units, Currency currency) {
    return (minor_units > 0 ? "+" : "") + money(minor_units, currency);
}

Int128 difference(const ComparedParty& party, std::size_t model) {
    return party.by_model[model].amount - party.by_model.front().amount;
}

// Cells under heads. The first column stands to the left, numbers to the right.
class Grid {
public:
    explicit Grid(std::vector<std::string> heads) { rows_.push_back(std::move(heads)); }

    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

    // Columns that do not fit beside the first one stand in a further grid below.
    std::string text() const {
        std::vector<std::size_t> widths(rows_.front().size());
        for (const auto& row : rows_)
            for (std::size_t i = 0; i < row.size(); ++i)
                widths[i] = std::max(widths[i], shown_width(row[i]));
        std::string text;
        for (std::size_t first = 1; first < widths.size();) {
            std::size_t width = widths[0] + kIndent;
            std::size_t last = first;
            while (last < widths.size() &&
                   (last == first || width + widths[last] + kGap <= kWidest))
                width += widths[last++] + kGap;
            append(text, widths, first, last);
            first = last;
        }
        return text;
    }

private:
    static constexpr std::size_t kIndent = 2;
    static constexpr std::size_t kGap = 2;
    static constexpr std::size_t kWidest = 120;

    static std::size_t shown_width(std::string_view text) {
        return static_cast<std::size_t>(
            std::ranges::count_if(text, [](char byte) { return (byte & 0xc0) != 0x80; }));
    }

    void append(std::string& text, const std::vector<std::size_t>& widths, std::size_t first,
                std::size_t last) const {
        for (const auto& row : rows_) {
            text += std::string(kIndent, ' ') + row[0] +
                    std::string(widths[0] - shown_width(row[0]), ' ');
            for (std::size_t i = first; i < last; ++i)
                text += std::string(kGap + widths[i] - shown_width(row[i]), ' ') + row[i];
            text += '\n';
        }
    }

    std::vector<std::vector<std::string>> rows_;
};

std::vector<std::string> heads_of(const CreditComparison& comparison, const std::string& first) {
    std::vector<std::string> heads{first};
    for (const ComparedParty& party : comparison.parties)
        heads.push_back(harmless(party.party.name));
    return heads;
}

std::string amounts_text(const CreditComparison& comparison) {
    auto heads = heads_of(comparison, "model");
    heads.emplace_back("all");
    Grid grid(std::move(heads));
    for (std::size_t model = 0; model < comparison.models.size(); ++model) {
        std::vector<std::string> row{harmless(comparison.models[model].name)};
        Int128 all = 0;
        for (const ComparedParty& party : comparison.parties) {
            all += party.by_model[model].amount;
            row.push_back(money(party.by_model[model].amount, comparison.currency));
        }
        row.push_back(money(all, comparison.currency));
        grid.add(std::move(row));
    }
    return grid.text();
}

std::string differences_text(const CreditComparison& comparison) {
    auto heads = heads_of(comparison, "wins and loses");
    heads.emplace_back("changes hands");
    Grid grid(std::move(heads));
    for (std::size_t model = 1; model < comparison.models.size(); ++model) {
        std::vector<std::string> row{harmless(comparison.models[model].name)};
        for (const ComparedParty& party : comparison.parties)
            row.push_back(signed_money(difference(party, model), comparison.currency));
        row.push_back(money(comparison.models[model].moved, comparison.currency));
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

} // namespace

std::string comparison_text(const Plan& plan, Comparisons comparisons) {
    std::string text;
    for (const CreditComparison& each : comparisons)
        text += fmt::format("{}credit {}: {} deal{}, {} {}\n\n{}\n{}{}", text.empty() ? "" : "\n",
                            plan.rules[each.rule].name, each.deals, each.deals == 1 ? "" : "s",
                            each.currency.code(), money(each.amount, each.currency),
                            amounts_text(each), differences_text(each), passed_text(each));
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
             {"currency"}},
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
            }};
}

} // namespace rulec::tool
