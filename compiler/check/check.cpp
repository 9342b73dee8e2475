#include "compiler/check/check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/check/credit_reach.hpp"
#include "compiler/check/otherwise.hpp"
#include "compiler/check/past.hpp"
#include "compiler/check/rows.hpp"
#include "compiler/check/tiers.hpp"
#include "compiler/check/triggers.hpp"

namespace rulec::check {

namespace {

using rulebook::plan::Decision;
using rulebook::plan::HitPolicy;
using rulebook::plan::Table;

constexpr std::size_t kMostNamed = 3; // rows that a message names

// "row 2 comes first", "rows 2 and 5 come first"
std::string shadowing(const std::vector<std::uint32_t>& rows, std::string_view what) {
    if (rows.empty())
        return "its conditions cannot hold together";
    std::vector<std::string> named;
    for (std::size_t i = 0; i < rows.size() && i < kMostNamed; ++i)
        named.push_back(fmt::format("{}", rows[i] + 1));
    const std::size_t rest = rows.size() - named.size();
    return fmt::format("{}{} {}{} come{} first", what, rows.size() == 1 ? "" : "s",
                       fmt::join(named, ", "), rest > 0 ? fmt::format(" and {} more", rest) : "",
                       rows.size() == 1 ? "s" : "");
}

void check_first(Rows& rows, const std::vector<Span>& spans, Diagnostics& diagnostics) {
    for (std::size_t row = 0; row < spans.size(); ++row)
        if (const auto by = rows.shadowed_by(row)) {
            auto& report = diagnostics.emit<RB2207>(spans[row], shadowing(*by, "row"));
            if (!by->empty())
                report.label(spans[by->front()]);
        }
}

// Whether two outputs certainly differ: both are written out, and are not the same.
bool differ(const model::Rulebook& book, model::ExprId left, model::ExprId right) {
    const auto written_out = [&](model::ExprId id) {
        return book[id].kind == model::ExpressionKind::Operation &&
               book[id].op == rulebook::plan::Op::Constant;
    };
    return written_out(left) && written_out(right) && book[left].literal != book[right].literal;
}

bool differ(const model::Rulebook& book, const rulebook::plan::TableRow& left,
            const rulebook::plan::TableRow& right) {
    for (std::size_t i = 0; i < left.outputs.size(); ++i)
        if (differ(book, left.outputs[i], right.outputs[i]))
            return true;
    return false;
}

// Rows of `unique` that meet; of `any`, those that meet and differ in an output.
void check_apart(const model::Rulebook& book, Rows& rows, const Table& table,
                 const std::vector<Span>& spans, std::string_view policy, bool may_agree,
                 Diagnostics& diagnostics) {
    for (std::size_t left = 0; left < spans.size(); ++left)
        for (const std::uint32_t right : rows.later_rows_meeting(left)) {
            const bool otherwise =
                table.rows[left].conditions.empty() || table.rows[right].conditions.empty();
            if (otherwise || (may_agree && !differ(book, table.rows[left], table.rows[right])))
                continue;
            if (const auto example = rows.overlap(left, right)) {
                diagnostics.emit<RB2208>(spans[right], policy, *example).label(spans[left]);
                break; // the first pair of each row is enough
            }
        }
}

void check_table(const model::Rulebook& book, std::size_t index, Diagnostics& diagnostics) {
    const Table& table = book.tables[index];
    const std::vector<Span>& spans = book.row_spans[index];
    std::vector<std::vector<model::ExprId>> conditions;
    bool has_otherwise = false;
    for (const auto& row : table.rows) {
        conditions.push_back(row.conditions);
        has_otherwise = has_otherwise || row.conditions.empty();
    }
    Rows rows(book, conditions);
    switch (table.hit) {
    case HitPolicy::First:
        check_first(rows, spans, diagnostics);
        break;
    case HitPolicy::Unique:
        check_apart(book, rows, table, spans, "unique", false, diagnostics);
        break;
    case HitPolicy::Any:
        check_apart(book, rows, table, spans, "any", true, diagnostics);
        break;
    default:
        break;
    }
    const bool chooses = table.hit == HitPolicy::First || table.hit == HitPolicy::Unique ||
                         table.hit == HitPolicy::Any || table.hit == HitPolicy::Priority;
    if (chooses && !has_otherwise && !table.rows.empty())
        if (const auto example = rows.gap())
            diagnostics.emit<RB2209>(spans.back(), *example);
    if (rows.gave_up())
        diagnostics.emit<RB2210>(spans.back(), "rows");
}

// Records that no clause is for: the decision is unknown there, which nobody may have meant.
void check_reach(Rows& rows, Span last_clause, Diagnostics& diagnostics) {
    if (const auto example = rows.gap())
        diagnostics.emit<RB2105>(last_clause, *example);
    else if (!rows.covers_everything())
        diagnostics.emit<RB2106>(last_clause);
}

void check_decision(const model::Rulebook& book, std::size_t index, Diagnostics& diagnostics) {
    const Decision& decision = book.decisions[index];
    std::vector<std::vector<model::ExprId>> conditions;
    bool has_otherwise = false;
    for (const auto& choice : decision.choices) {
        conditions.push_back({choice.when});
        has_otherwise = has_otherwise || choice.when == model::kNothing;
    }
    Rows rows(book, conditions);
    if (!has_otherwise && !book.missing_allowed[index] && !decision.choices.empty())
        check_reach(rows, book.choice_spans[index].back(), diagnostics);
    for (std::size_t i = 0; i < decision.choices.size(); ++i)
        if (const auto by = rows.shadowed_by(i)) {
            auto& report =
                diagnostics.emit<RB2104>(book.choice_spans[index][i], shadowing(*by, "clause"));
            if (!by->empty())
                report.label(book.choice_spans[index][by->front()]);
        }
    if (rows.gave_up())
        diagnostics.emit<RB2210>(book.choice_spans[index].back(), "clauses");
}

} // namespace

void check(const model::Rulebook& book, const Sources& sources, Diagnostics& diagnostics) {
    for (std::size_t i = 0; i < book.tables.size(); ++i)
        check_table(book, i, diagnostics);
    for (std::size_t i = 0; i < book.decisions.size(); ++i)
        check_decision(book, i, diagnostics);
    check_tiers(book, diagnostics);
    check_otherwise(book, sources, diagnostics);
    check_past(book, diagnostics);
    check_policies(book, diagnostics);
    check_stoppers(book, diagnostics);
    check_asked_once(book, sources, diagnostics);
    check_patterns(book, sources, diagnostics);
    check_kept_for_ever(book, diagnostics);
    check_completing_record(book, diagnostics);
    check_credit_reach(book, diagnostics);
}

} // namespace rulec::check
