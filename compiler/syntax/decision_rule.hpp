// The syntax of `decide`, `motion` and `table`.
#pragma once

#include "compiler/syntax/rule_head.hpp"

namespace rulec::ast {

// `choose X when P because "…"`, `choose X otherwise`
struct Choice {
    ExprId value;
    ExprId when; // absent for otherwise
    bool otherwise = false;
    std::optional<Text> because;
    Span span;
};

// `motion` is a decision whose type is left out.
struct Decide {
    RuleHead head;
    bool motion = false;
    std::optional<TypeReference> type;
    std::vector<Choice> choices;
};

enum class CellKind : std::uint8_t {
    Any,       // `any`
    Test,      // a test of the column's value
    When,      // `when` and a free condition
    Erroneous, // empty or wrong, and reported
};

struct ConditionCell {
    CellKind kind = CellKind::Any;
    ExprId test; // Test: over ColumnValue; When: the condition
    Span span;
};

// `| a | b || x | y | "because" |`
struct TableRow {
    bool otherwise = false;           // one cell over all condition columns
    std::vector<ConditionCell> cells; // as many as columns, none for otherwise
    std::vector<ExprId> outputs;      // as many as outputs; Erroneous where one is missing
    std::optional<Text> because;
    std::uint32_t line = 1;
    Span span;
};

// What `table` and `rates` share. `outputs` are the heads behind `||`, without `because`.
struct TableBody {
    std::vector<ExprId> columns;
    std::vector<Name> outputs;
    bool has_because = false;
    std::vector<TableRow> rows;
    Span head_span;
};

enum class HitPolicy : std::uint8_t { First, Unique, Any, Priority, Collect };
enum class CollectFunction : std::uint8_t { None, Sum, Min, Max, Count };

struct HitClause {
    HitPolicy policy = HitPolicy::First;
    CollectFunction collect = CollectFunction::None;
    Span span;
};

struct Table {
    RuleHead head;
    std::vector<Parameter> outputs; // `-> (offer: plan, discount: percent)`
    std::optional<HitClause> hit;
    TableBody body;
};

} // namespace rulec::ast
