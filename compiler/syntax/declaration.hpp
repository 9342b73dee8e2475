// The declarations that describe what rules are about: header, teams, lists, records, definitions,
// tests. The rules themselves are in rule.hpp.
#pragma once

#include "compiler/syntax/expression.hpp"

namespace rulec::ast {

// `allow RB1203 because "…"`
struct Allow {
    Name code;
    Text because;
    Span span;
};

// `from 2026-01-01 until 2027-01-01`: literals of a date or time, either may be absent.
struct EffectiveRange {
    ExprId from;
    ExprId until;
    Span span;
};

// A named type, or an enum without name: `money(EUR)?`, `enum { open, won }`.
struct TypeReference {
    Name name;                     // not present for an enum without name
    Name currency;                 // of money(EUR)
    std::vector<Name> enum_values; // of an enum without name
    bool optional = false;         // `?`
    Span span;

    bool anonymous_enum() const { return !name.present(); }
};

// `u: user`
struct Parameter {
    Name name;
    TypeReference type;
    Span span;
};

// --- the rulebook --------------------------------------------------------------------------------

struct RulebookHeader {
    Name name;
    std::optional<Text> version;
    std::optional<Text> timezone;
    Name currency;
    Name about;
    ExprId locked_before;
    std::optional<Text> restate;
    std::vector<Allow> allows;
    Span span;
};

struct Team {
    Name name;
    std::optional<Text> title; // the clause `name "Marketing"`
    std::vector<Text> reviewers;
    Span span;
};

struct List {
    Name name;
    Text path;
    Span span;
};

// `lookup rate(month: date, code: text) -> number from "lists/fx.csv"`
struct Lookup {
    Name name;
    std::vector<Parameter> keys;
    TypeReference type;
    Text path;
    Span span;
};

// --- records -------------------------------------------------------------------------------------

struct Enum {
    Name name;
    bool ordered = false;
    std::vector<Name> values;
    Span span;
};

struct FieldRange {
    ExprId low;
    ExprId high;
    bool high_open = false;
    Span span;
};

// A mark that is written has its span; the others are nowhere.
struct FieldMarks {
    Span key;
    Span origin;
    Span fixed;
    Span tracked;
    Span sequence;
};

struct Field {
    Name name;
    TypeReference type;
    std::optional<FieldRange> range;
    FieldMarks marks;
    Name known_from;
    ExprId before; // `known from closed_at, open before`: the value until then
    std::optional<Text> doc;
    Span span;
};

// `entity deal of account as deals known from created_at ordered by at via org_id { … }`
struct Entity {
    Name name;
    Name parent;
    Name collection;
    Name known_from;
    Name ordered_by;
    Name via;
    std::vector<Field> fields;
    std::optional<Text> doc;
    Span span;
};

// --- definitions ---------------------------------------------------------------------------------

// `define decision_maker(u: user) from 2026-01-01 = …`
struct Define {
    Name name;
    std::vector<Parameter> parameters;
    EffectiveRange effective;
    ExprId value;
    Span span;
};

// `signal hand_raise = events where name is "demo.requested"`
struct Signal {
    Name name;
    Selection selection;
    Span span;
};

// --- tests ---------------------------------------------------------------------------------------

struct TestRecord;

// What stands behind a field of a test's record, or names an instant of it. Literals, signed
// literals, `missing` and enum values are expressions; `+3 days` is an offset from `origin`.
struct TestValue {
    enum class Kind : std::uint8_t { Expression, Offset, Records };
    Kind kind = Kind::Expression;
    ExprId expression; // for Offset: the duration
    bool negative = false;
    std::vector<TestRecord> records;
    Span span;
};

struct TestField {
    Name name;
    TestValue value;
    Span span;
};

struct TestRecord {
    std::vector<TestField> fields;
    Span span;
};

struct TestEntity {
    Name entity;
    TestRecord record;
    Span span;
};

// `control T`
struct TestControl {
    Name trigger;
    Span span;
};

// `expect design_icp.tier is A`
struct ExpectCondition {
    ExprId condition;
};

enum class FiringExpectation : std::uint8_t {
    Fires,
    FiresTimes,
    NeverFires,
    Suppressed,
    NeverSuppressed,
    Control,
    Pending
};

// `expect T fires at I, J`, `expect T fires 3 times`
struct ExpectFiring {
    Name trigger;
    FiringExpectation expectation = FiringExpectation::Fires;
    std::vector<TestValue> instants; // none for FiresTimes, NeverFires, NeverSuppressed
    ExprId times;                    // of FiresTimes
};

// A party of a credit: a name, or a text in quotes.
struct Party {
    std::string text;
    bool quoted = false;
    Span span;
};

struct CreditedAmount {
    Party party;
    ExprId amount;
    Span span;
};

// `expect C gives P $10, Q $20`
struct ExpectCredit {
    Name credit;
    std::vector<CreditedAmount> amounts;
};

// `expect C flags F, G`
struct ExpectFlags {
    Name credit;
    std::vector<Name> flags;
    bool never = false; // `never flags`
};

struct Expectation {
    std::variant<ExpectCondition, ExpectFiring, ExpectCredit, ExpectFlags> node;
    Span span;
};

struct Test {
    Text name;
    std::vector<TestEntity> entities;
    std::optional<TestValue> as_of;
    std::vector<TestControl> controls;
    std::vector<Expectation> expectations;
    Span span;
};

} // namespace rulec::ast
