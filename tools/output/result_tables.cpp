#include "tools/output/result_tables.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "runtime/value/digest.hpp"
#include "runtime/value/utf8.hpp"
#include "tools/output/cell_text.hpp"
#include "tools/output/result_source.hpp"
#include "tools/output/typed_value.hpp"

namespace rulec::output {

namespace {

using input::ColumnType;
using input::RowSink;
using input::TypedTable;
using rulebook::plan::Plan;
using rulebook::plan::RuleKind;

constexpr std::size_t kIdentityDigits = 32;

TypedTable firings_table(const ResultSource& source) {
    return {
        "firings",
        {{"identity"},
         {"trigger"},
         {source.root_name()},
         {"instant", ColumnType::Time},
         {"start", ColumnType::Time},
         {"event"},
         {"status"},
         {"cause"},
         {"message"},
         {"hindsight"},
         {"rule_version"}},
        source.results.firings.size(),
        [source](std::size_t row, RowSink& sink) {
            const auto& firing = source.results.firings[row];
            sink.text(rulebook::trigger::hexadecimal(firing.identity));
            sink.text(source.rule(firing.rule));
            source.account(firing.account, sink);
            sink.time(firing.instant);
            sink.time(firing.start);
            text_or_null(firing.event
                             ? record_name(source.dataset, firing.event->entity, firing.event->row)
                             : std::string(),
                         sink);
            sink.text(spelling(firing.status));
            text_or_null(firing.cause, sink);
            text_or_null(firing.message, sink);
            text_or_null(source.results.hindsight[firing.rule], sink);
            sink.text(rule_version(source.plan, source.plan.triggers[firing.version].effective));
        },
    };
}

// A file's name may be any bytes.
std::string in_utf8(std::string_view text) {
    std::string sound;
    while (!text.empty()) {
        const char32_t character = rulebook::take_code_point(text);
        rulebook::append_utf8(sound, character > 0x10FFFF ? U'\uFFFD' : character);
    }
    return sound;
}

} // namespace

TypedTable rejects_table(const rulebook::data::Rejects& rejects) {
    return {
        "rejects",
        {{"entity"},
         {"source"},
         {"row", ColumnType::Integer},
         {"column"},
         {"value"},
         {"code"},
         {"reason"}},
        rejects.size(),
        [&rejects](std::size_t row, RowSink& sink) {
            const auto reject = rejects[row];
            sink.text(reject.table);
            sink.text(in_utf8(reject.source));
            sink.integer(static_cast<std::int64_t>(reject.row));
            text_or_null(reject.column, sink);
            text_or_null(reject.value, sink);
            sink.text(reject.code);
            sink.text(reject.reason);
        },
    };
}

namespace {

struct ResultTable {
    std::optional<RuleKind> of; // there where the rulebook has such rules; none: always
    TypedTable (*make)(const ResultSource& source);
    std::size_t (*rows)(const rulebook::engine::Results& results);
};

// In the order in which they are written.
constexpr std::array kResultTables = {
    ResultTable{std::nullopt, accounts_table, [](const auto& all) { return all.accounts.size(); }},
    ResultTable{RuleKind::Table, tables_table, [](const auto& all) { return all.tables.size(); }},
    ResultTable{RuleKind::Trigger, firings_table,
                [](const auto& all) { return all.firings.size(); }},
    ResultTable{RuleKind::Credit, credits_table,
                [](const auto& all) { return all.credits.size(); }},
    ResultTable{RuleKind::Credit, uncredited_table,
                [](const auto& all) { return all.uncredited.size(); }},
    ResultTable{RuleKind::Credit, flags_table, [](const auto& all) { return all.flags.size(); }},
};

bool is_there(const ResultTable& table, const Plan& plan) {
    return !table.of || std::ranges::any_of(
                            plan.rules, [&](const auto& rule) { return rule.kind == *table.of; });
}

} // namespace

std::string rule_version(const Plan& plan, const rulebook::plan::Effective& effective) {
    return effective.from ? plan.version + " from " + time_text(*effective.from) : plan.version;
}

std::string record_name(const rulebook::data::Dataset& dataset, rulebook::plan::EntityIndex entity,
                        rulebook::data::RowIndex row) {
    if (dataset.schema().entities[entity].key)
        return dataset.key_text(entity, row);
    return rulebook::hexadecimal(dataset.identity(entity, row)).substr(0, kIdentityDigits);
}

std::vector<TypedTable> result_tables(const Plan& plan, const rulebook::data::Dataset& dataset,
                                      const rulebook::engine::Results& results) {
    const ResultSource source{plan, dataset, results};
    std::vector<TypedTable> tables;
    for (const ResultTable& table : kResultTables)
        if (is_there(table, plan))
            tables.push_back(table.make(source));
    for (TypedTable& table : tables)
        table.at_random = true; // they only look at what is there
    return tables;
}

std::vector<std::uint64_t> result_rows(const Plan& plan, const rulebook::engine::Results& results) {
    std::vector<std::uint64_t> rows;
    for (const ResultTable& table : kResultTables)
        if (is_there(table, plan))
            rows.push_back(table.rows(results));
    return rows;
}

} // namespace rulec::output
