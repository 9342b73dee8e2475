// Expressions of a rulebook, as they were written: no names looked up, no types, no values folded.
//
// Expressions live in one arena per file (File::expressions) and refer to each other by ExprId, so
// that a tree of any depth is built, copied and destroyed without recursion. Children always stand
// before their parents in the arena: a loop over it visits every operand before its operation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/diagnostics/source.hpp"

namespace rulec::ast {

// A word as it was written.
struct Name {
    std::string text;
    Span span;

    bool present() const { return !text.empty(); }
};

// A quoted text with its escapes resolved; the span includes the quotes.
struct Text {
    std::string value;
    Span span;
};

// Index into File::expressions. A default one is "nothing written there".
struct ExprId {
    static constexpr std::uint32_t kNone = 0xffffffff;
    std::uint32_t index = kNone;

    constexpr bool present() const { return index != kNone; }
    friend constexpr auto operator<=>(const ExprId&, const ExprId&) = default;
};

// --- literals ------------------------------------------------------------------------------------

struct IntLiteral {
    std::int64_t value = 0;
};

// Digits without `_`, so that nothing is rounded before its type is known: "3.5".
struct DecimalLiteral {
    std::string digits;
};

// `12.5%` has the digits "12.5".
struct PercentLiteral {
    std::string digits;
};

// `$1M` has the marker "$", the digits "1" and scales by 10^6; `EUR 20.00` has the marker "EUR".
struct MoneyLiteral {
    std::string marker;
    std::string digits;
    std::uint8_t scale_power = 0; // 0, or 3, 6, 9 for K, M, B
};

struct TextLiteral {
    std::string value;
};

// A text with `{expression}` in it. Only where texts interpolate (`say`, what a decision or a table
// gives); without any brace it is a TextLiteral there, too.
struct TextTemplate {
    struct Part {
        std::string text;  // stands before `expression`
        ExprId expression; // absent in the last part
    };
    std::vector<Part> parts;
};

// A date that exists; days since 1970-01-01.
struct DateLiteral {
    std::int32_t days = 0;
};

// Microseconds since 1970-01-01T00:00:00Z, its offset already applied.
struct TimeLiteral {
    std::int64_t microseconds = 0;
};

enum class DurationUnit : std::uint8_t {
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
};

// `7 days`, `7 calendar days`, `2 iso weeks` (also `iso week`: one), `10 working hours of office`.
enum class DurationKind : std::uint8_t { Elapsed, Calendar, Iso, Working };

struct DurationLiteral {
    std::int64_t count = 0;
    DurationUnit unit = DurationUnit::Day;
    DurationKind kind = DurationKind::Elapsed;
    Name calendar; // of Working
};

struct BoolLiteral {
    bool value = false;
};

// `missing` as a value. `x is missing` is a Presence.
struct MissingLiteral {};

// --- names and calls -----------------------------------------------------------------------------

struct NameReference {
    Name name;
};

// `object.member`
struct Member {
    ExprId object;
    Name member;
};

enum class WindowKind : std::uint8_t {
    InLast,   // in last DURATION
    InBefore, // in DURATION before INSTANT
    Since,    // since INSTANT
    Before,   // before INSTANT
    From,     // from INSTANT
    Until,    // until INSTANT
};

struct Window {
    WindowKind kind = WindowKind::InLast;
    ExprId duration;
    ExprId instant;
    Span span;
};

// An argument of a call, and whatever else picks records: `price * quantity of lines where P in
// last 30 days by shipped_at` has value, of, where, one window and by. Of a plain argument only the
// value is present. In `count(users where P)` the value is `users`.
struct Selection {
    ExprId value;
    ExprId of;
    ExprId where;
    ExprId have;
    std::vector<Window> windows;
    Name by;
    Span span;
};

struct Call {
    Name callee;
    std::vector<Selection> arguments;
};

// --- operations ----------------------------------------------------------------------------------

struct Negate {
    ExprId operand;
};

struct Not {
    ExprId operand;
};

enum class ArithmeticOperator : std::uint8_t { Add, Subtract, Multiply, Divide };

struct Arithmetic {
    ArithmeticOperator op = ArithmeticOperator::Add;
    ExprId left;
    ExprId right;
    Span operator_span;
};

enum class ComparisonOperator : std::uint8_t { Is, IsNot, Less, LessEqual, Greater, GreaterEqual };

struct Comparison {
    ComparisonOperator op = ComparisonOperator::Is;
    ExprId left;
    ExprId right;
    Span operator_span;
};

// `value in low to high`, `in low to under high`.
struct InRange {
    ExprId value;
    ExprId low;
    ExprId high;
    bool high_open = false;
    bool negated = false;
};

// `value in (a, b)`
struct InList {
    ExprId value;
    std::vector<ExprId> items;
    bool negated = false;
};

// `value in free_mail`: the set is an expression, a name if all is well.
struct InSet {
    ExprId value;
    ExprId set;
    bool negated = false;
};

enum class TextTestKind : std::uint8_t { Contains, HasWord, StartsWith, EndsWith, Like, Matches };

// One pattern, or several after `like any of (…)`.
struct TextTest {
    TextTestKind kind = TextTestKind::Contains;
    ExprId subject;
    std::vector<ExprId> patterns;
    bool negated = false;
    Span operator_span;
};

// `x is missing`, `x is known`; both may be negated by `is not`.
struct Presence {
    ExprId operand;
    bool known = false; // the word that was written
    bool negated = false;
};

enum class LogicalOperator : std::uint8_t { And, Or };

// Two operands or more: `a and b and c` is one node.
struct Logical {
    LogicalOperator op = LogicalOperator::And;
    std::vector<ExprId> operands;
};

struct Conditional {
    ExprId condition;
    ExprId then;
    ExprId otherwise; // absent only after a reported mistake
};

struct Default {
    ExprId value;
    ExprId fallback;
};

// `at least 2 of (P, Q, R)`
struct AtLeast {
    ExprId count;
    std::vector<ExprId> conditions;
};

// `X as of 7 days ago`
struct AsOf {
    ExprId value;
    ExprId ago; // the duration
};

// `T fired`, `T fired in last 90 days`, `T fired since t`: at most one of the two is present.
struct Fired {
    Name trigger;
    ExprId in_last;
    ExprId since;
};

// In the test of a table cell: the value of the cell's column. `< $1M` is a Comparison whose left
// operand is this. Spans the empty place at the cell's start.
struct ColumnValue {
    std::uint32_t column = 0; // index into TableBody::columns
};

// Stands where a mistake was reported already; whoever meets it stays silent.
struct Erroneous {};

using ExpressionNode =
    std::variant<Erroneous, IntLiteral, DecimalLiteral, PercentLiteral, MoneyLiteral, TextLiteral,
                 TextTemplate, DateLiteral, TimeLiteral, DurationLiteral, BoolLiteral,
                 MissingLiteral, NameReference, Member, Call, Negate, Not, Arithmetic, Comparison,
                 InRange, InList, InSet, TextTest, Presence, Logical, Conditional, Default, AtLeast,
                 AsOf, Fired, ColumnValue>;

struct Expression {
    ExpressionNode node;
    Span span;
    bool parenthesised = false; // the span excludes the parentheses
};

} // namespace rulec::ast
