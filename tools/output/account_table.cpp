// accounts: one row each, in the order of their keys.
#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <functional>
#include <iterator>
#include <memory>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tools/output/result_source.hpp"
#include "tools/output/typed_value.hpp"

namespace rulec::output {
namespace {

using input::ColumnType;
using input::RowSink;
using rulebook::data::RowIndex;
using rulebook::plan::TypeKind;

// A column, and what gives its cells of some rows.
struct AccountColumn {
    input::TypedColumn column;
    std::function<void(std::size_t first, std::size_t last, RowSink& sink)> cells;
};

// From what gives the cell of one row.
template <class Cell>
AccountColumn cell_by_cell(input::TypedColumn column, const Cell& cell) {
    return {std::move(column), [cell](std::size_t first, std::size_t last, RowSink& sink) {
                for (std::size_t row = first; row < last; ++row)
                    cell(row, sink);
            }};
}

// Of all rules that have a value in the row.
std::string hindsight_text(const ResultSource& source) {
    std::set<std::string, std::less<>> fields;
    const auto add = [&](const auto& columns) {
        for (const auto& column : columns) {
            std::istringstream words(column.version ? source.results.hindsight[column.rule] : "");
            fields.insert(std::istream_iterator<std::string>(words), {});
        }
    };
    add(source.results.fits);
    add(source.results.decisions);
    return fmt::format("{}", fmt::join(fields, " "));
}

// Numbers of the clauses that hit, from 1, in source order.
std::string hits_text(const rulebook::engine::FitColumns& fit, std::size_t row) {
    constexpr std::size_t kMostDigits = 20;
    constexpr std::size_t kWord = 64;
    std::string text;
    for (std::size_t word = 0; word < fit.words(); ++word)
        for (std::uint64_t open = fit.hits[row * fit.words() + word]; open != 0; open &= open - 1) {
            const auto clause = word * kWord + static_cast<std::size_t>(std::countr_zero(open));
            std::array<char, kMostDigits> digits;
            const auto end = std::to_chars(digits.begin(), digits.end(), clause + 1).ptr;
            if (!text.empty())
                text.push_back(' ');
            text.append(digits.begin(), end);
        }
    return text;
}

// Each text of theirs once.
class HitTexts {
public:
    explicit HitTexts(const rulebook::engine::FitColumns& fit) : fit_(fit) {}

    std::uint32_t code(std::size_t row) {
        const auto [at, is_new] =
            codes_.try_emplace(fit_.hits[row], static_cast<std::uint32_t>(texts_.size()));
        if (is_new)
            texts_.push_back(hits_text(fit_, row));
        return at->second;
    }
    const std::vector<std::string>& texts() const { return texts_; }

private:
    const rulebook::engine::FitColumns& fit_;
    std::unordered_map<std::uint64_t, std::uint32_t> codes_; // by the bits of one word
    std::vector<std::string> texts_;
};

void hit_cells(const rulebook::engine::FitColumns& fit, std::size_t first, std::size_t last,
               RowSink& sink) {
    constexpr std::size_t kFew = 16;
    if (fit.words() != 1 || last - first < kFew) {
        for (std::size_t row = first; row < last; ++row)
            sink.text(hits_text(fit, row));
        return;
    }
    HitTexts texts(fit);
    std::vector<std::uint32_t> codes;
    codes.reserve(last - first);
    for (std::size_t row = first; row < last; ++row)
        codes.push_back(texts.code(row));
    sink.texts(codes, texts.texts());
}

// By the codes of an enum that no unknown is among.
void tier_cells(std::span<const std::string> names, std::span<const std::int64_t> tiers,
                RowSink& sink) {
    if (std::ranges::any_of(tiers, [](std::int64_t tier) { return tier < 0; })) {
        for (const std::int64_t tier : tiers) {
            if (tier < 0)
                sink.null();
            else
                sink.text(names[static_cast<std::size_t>(tier)]);
        }
        return;
    }
    const std::vector<std::uint32_t> codes(tiers.begin(), tiers.end());
    sink.texts(codes, names);
}

void add_fit(const ResultSource& source, const rulebook::engine::FitColumns& fit,
             std::vector<AccountColumn>& columns) {
    const std::string& name = source.rule(fit.rule);
    const auto add = [&](input::TypedColumn column, auto cells) {
        columns.push_back(
            {std::move(column), [&fit, cells](std::size_t first, std::size_t last, RowSink& sink) {
                 if (fit.version)
                     return cells(first, last, sink);
                 for (std::size_t row = first; row < last; ++row)
                     sink.null();
             }});
    };
    add({name + "_score", ColumnType::Decimal, kPointsDecimals},
        [&fit](std::size_t first, std::size_t last, RowSink& sink) {
            sink.decimals(std::span(fit.score).subspan(first, last - first), kPointsDecimals);
        });
    const rulebook::plan::Type type = source.plan.rules[fit.rule].type;
    std::span<const std::string> tiers;
    if (type.is(TypeKind::Enum))
        tiers = source.plan.schema.enums[type.enum_index()].values;
    add({name + "_tier"}, [&fit, tiers](std::size_t first, std::size_t last, RowSink& sink) {
        tier_cells(tiers, std::span(fit.tier).subspan(first, last - first), sink);
    });
    add({name + "_hits"}, [&fit](std::size_t first, std::size_t last, RowSink& sink) {
        hit_cells(fit, first, last, sink);
    });
    add({name + "_unknowns", ColumnType::Integer},
        [&fit](std::size_t first, std::size_t last, RowSink& sink) {
            for (std::size_t row = first; row < last; ++row)
                sink.integer(fit.unknowns[row]);
        });
}

void add_decision(const ResultSource& source, const rulebook::engine::DecisionColumns& decision,
                  std::vector<AccountColumn>& columns) {
    const auto& rule = source.plan.rules[decision.rule];
    const auto& schema = source.plan.schema;
    columns.push_back(
        cell_by_cell(column_of(rule.name, rule.type),
                     [&schema, &decision, type = rule.type](std::size_t row, RowSink& sink) {
                         if (!decision.version)
                             return sink.null();
                         write_value(schema, type, decision.value[row], sink);
                     }));
    if (rule.type.is(TypeKind::Money))
        columns.push_back(cell_by_cell({rule.name + "_currency"}, [currency = rule.type.currency()](
                                                                      std::size_t, RowSink& sink) {
            sink.text(currency.code());
        }));
    columns.push_back(cell_by_cell({rule.name + "_clause", ColumnType::Integer},
                                   [&decision](std::size_t row, RowSink& sink) {
                                       if (decision.version && decision.clause[row] != 0)
                                           sink.integer(decision.clause[row]);
                                       else
                                           sink.null();
                                   }));
}

// What the source refers to outlives them; the source itself need not.
std::vector<AccountColumn> account_columns(const ResultSource& source) {
    const auto& accounts = source.results.accounts;
    std::vector<AccountColumn> columns;
    columns.push_back(
        cell_by_cell({source.root_name()}, [source, &accounts](std::size_t row, RowSink& sink) {
            source.account(accounts[row], sink);
        }));
    for (const auto& fit : source.results.fits)
        add_fit(source, fit, columns);
    for (const auto& decision : source.results.decisions)
        add_decision(source, decision, columns);
    const auto& records = source.dataset.table(source.plan.schema.root);
    columns.push_back(cell_by_cell({"incomplete", ColumnType::Boolean},
                                   [&records, &accounts](std::size_t row, RowSink& sink) {
                                       sink.boolean(records.incomplete(accounts[row]));
                                   }));
    columns.push_back(cell_by_cell(
        {"hindsight"}, [hindsight = hindsight_text(source)](std::size_t, RowSink& sink) {
            text_or_null(hindsight, sink);
        }));
    return columns;
}

} // namespace

input::TypedTable accounts_table(const ResultSource& source) {
    std::vector<input::TypedColumn> typed;
    auto columns = std::make_shared<const std::vector<AccountColumn>>(account_columns(source));
    for (const AccountColumn& column : *columns)
        typed.push_back(column.column);
    return {
        .name = "accounts",
        .columns = std::move(typed),
        .rows = source.results.accounts.size(),
        .write =
            [columns](std::size_t row, RowSink& sink) {
                for (const AccountColumn& column : *columns)
                    column.cells(row, row + 1, sink);
            },
        .write_column = [columns](std::size_t column, std::size_t first, std::size_t last,
                                  RowSink& sink) { (*columns)[column].cells(first, last, sink); }};
}

} // namespace rulec::output
