// accounts: one row each, in the order of their keys.
#include <array>
#include <bit>
#include <charconv>
#include <iterator>
#include <set>
#include <sstream>

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

std::vector<input::TypedColumn> account_columns(const ResultSource& source) {
    std::vector<input::TypedColumn> columns = {{source.root_name()}};
    for (const auto& fit : source.results.fits) {
        const std::string& name = source.rule(fit.rule);
        columns.push_back({name + "_score", ColumnType::Decimal, kPointsDecimals});
        columns.push_back({name + "_tier"});
        columns.push_back({name + "_hits"});
        columns.push_back({name + "_unknowns", ColumnType::Integer});
    }
    for (const auto& decision : source.results.decisions) {
        const auto& rule = source.plan.rules[decision.rule];
        columns.push_back(column_of(rule.name, rule.type));
        if (rule.type.is(TypeKind::Money))
            columns.push_back({rule.name + "_currency"});
        columns.push_back({rule.name + "_clause", ColumnType::Integer});
    }
    columns.push_back({"incomplete", ColumnType::Boolean});
    columns.push_back({"hindsight"});
    return columns;
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

void fit_cells(const ResultSource& source, const rulebook::engine::FitColumns& fit, std::size_t row,
               RowSink& sink) {
    if (!fit.version) {
        for (int cell = 0; cell < 4; ++cell)
            sink.null();
        return;
    }
    sink.decimal(fit.score[row], kPointsDecimals);
    if (fit.tier[row] < 0)
        sink.null();
    else
        write_value(source.plan.schema, source.plan.rules[fit.rule].type,
                    rulebook::plan::Value::of(fit.tier[row]), sink);
    sink.text(hits_text(fit, row));
    sink.integer(fit.unknowns[row]);
}

void decision_cells(const ResultSource& source, const rulebook::engine::DecisionColumns& decision,
                    std::size_t row, RowSink& sink) {
    const rulebook::plan::Type type = source.plan.rules[decision.rule].type;
    const bool there = decision.version.has_value();
    if (there)
        write_value(source.plan.schema, type, decision.value[row], sink);
    else
        sink.null();
    if (type.is(TypeKind::Money))
        sink.text(type.currency().code());
    if (there && decision.clause[row] != 0)
        sink.integer(decision.clause[row]);
    else
        sink.null();
}

} // namespace

input::TypedTable accounts_table(const ResultSource& source) {
    return {"accounts", account_columns(source), source.results.accounts.size(),
            [source, hindsight = hindsight_text(source)](std::size_t row, RowSink& sink) {
                const RowIndex account = source.results.accounts[row];
                source.account(account, sink);
                for (const auto& fit : source.results.fits)
                    fit_cells(source, fit, row, sink);
                for (const auto& decision : source.results.decisions)
                    decision_cells(source, decision, row, sink);
                sink.boolean(source.dataset.table(source.plan.schema.root).incomplete(account));
                text_or_null(hindsight, sink);
            }};
}

} // namespace rulec::output
