#include <regex>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/unit/syntax/parsing.hpp"
#include "tests/unit/syntax/shown.hpp"

namespace rulec::testing {
namespace {

// How `define d = <text>` reads, or the codes of what is wrong with it.
std::string expression(const std::string& text) {
    Parsed parsed = parse("define d = " + text);
    if (!parsed.diagnostics.empty())
        return parsed.codes();
    return shown(parsed.file, parsed.only<ast::Define>().value);
}

struct Case {
    const char* text;
    const char* expected;
};

void expect_all(std::initializer_list<Case> cases) {
    for (const Case& each : cases)
        EXPECT_EQ(expression(each.text), each.expected) << each.text;
}

TEST(Expression, Literals) {
    expect_all({
        {"42", "42"},
        {"1_000", "1000"},
        {"9_223_372_036_854_775_807", "9223372036854775807"},
        {"3.5", "3.5"},
        {"1_000.25", "1000.25"},
        {"12.5%", "12.5%"},
        {"$1M", "$1e6"},
        {"$1.5K", "$1.5e3"},
        {"$3_000.00", "$3000.00"},
        {"€5", "€5"},
        {"EUR 20.00", "EUR20.00"},
        {"EUR 2M", "EUR2e6"},
        {"\"a \\\"b\\\" \\u{e9}\\n\"", "\"a \"b\" é\n\""},
        {"2026-01-31", "date:20484"},
        {"1970-01-01T00:00:01Z", "time:1000000"},
        {"1970-01-01T02:00+02:00", "time:0"},
        {"1970-01-01T00:00:00.000001Z", "time:1"},
        {"14 days", "14d"},
        {"1 day", "1d"},
        {"2 hours", "2h"},
        {"7 calendar days", "7d calendar"},
        {"3 calendar months", "3mo calendar"},
        {"iso week", "1w iso"},
        {"2 iso weeks", "2w iso"},
        {"true", "true"},
        {"missing", "missing"},
    });
}

TEST(Expression, Precedence) {
    expect_all({
        {"a + b * c", "(+ a (* b c))"},
        {"a - b - c", "(- (- a b) c)"},
        {"a / b * c", "(* (/ a b) c)"},
        {"-a * b", "(* (neg a) b)"},
        {"-a.b", "(neg (. a b))"},
        {"-a default 0", "(neg (default a 0))"},
        {"a default -1 * b", "(* (default a (neg 1)) b)"},
        {"a default b default c", "(default (default a b) c)"},
        {"a.b as of 7 days ago default 0", "(default (as-of (. a b) 7d) 0)"},
        {"a * b as of 7 days ago", "(* a (as-of b 7d))"},
        {"(a + b) * c", "(* (+ a b) c)"},
        {"not a is b and c or d", "(or (and (not (is a b)) c) d)"},
        {"a or b and c or d", "(or a (and b c) d)"},
        {"a and b and c and d", "(and a b c d)"},
        {"(a and b) and c", "(and (and a b) c)"},
        {"not not a", "(not (not a))"},
        {"if a then b else c or d", "(if a b (or c d))"},
        {"if a then 1 else if b then 2 else 3", "(if a 1 (if b 2 3))"},
        {"a and if b then c else d and e", "(and a (if b c (and d e)))"},
        {"a + 1 > b * 2", "(> (+ a 1) (* b 2))"},
        {"share(a, b) default 0% >= 10%", "(>= (default (share a b) 0%) 10%)"},
    });
}

TEST(Expression, Comparisons) {
    expect_all({
        {"a is b", "(is a b)"},
        {"a is not b", "(is-not a b)"},
        {"a == b", "(is a b)"},
        {"a != b", "(is-not a b)"},
        {"a <= b", "(<= a b)"},
        {"a is missing", "(missing a)"},
        {"a is not missing", "(not-missing a)"},
        {"a == missing", "(missing a)"},
        {"a is known", "(known a)"},
        {"a is not known", "(not-known a)"},
        {"a in 1 to 3", "(in-range a 1 3)"},
        {"a in 1 to under 3", "(in-range a 1 under 3)"},
        {"a not in -1 to 1 + 2", "(not-in-range a (neg 1) (+ 1 2))"},
        {"a in (b, c)", "(in-list a b c)"},
        {"a in (b, c,)", "(in-list a b c)"},
        {"a in (b)", "(in-list a b)"},
        {"a in (b) to c", "(in-range a b c)"},
        {"a not in (b, c)", "(not-in-list a b c)"},
        {"domain(email) in free_mail", "(in-set (domain email) free_mail)"},
        {"a contains \"x\"", "(contains a \"x\")"},
        {"a has word \"vp\"", "(has-word a \"vp\")"},
        {"a starts with \"x\" or a ends with \"y\"",
         "(or (starts-with a \"x\") (ends-with a \"y\"))"},
        {"a like \"x*\"", "(like a \"x*\")"},
        {"a not like any of (\"x\", \"y\")", "(not-like a \"x\" \"y\")"},
        {"a matches \"^x\"", "(matches a \"^x\")"},
    });
}

TEST(Expression, Calls) {
    expect_all({
        {"min(a, b)", "(min a b)"},
        {"f()", "(f)"},
        {"count(users)", "(count users)"},
        {"any(users where decision_maker)", "(any users where decision_maker)"},
        {"sum(price * quantity of lines where p in last 30 days by shipped_at)",
         "(sum (* price quantity) of lines where p in-last 30d by shipped_at)"},
        {"every(deals where a have b and c)", "(every deals where a have (and b c))"},
        {"count(events where name is \"x\" in last 7 calendar days) >= 3",
         "(>= (count events where (is name \"x\") in-last 7d calendar) 3)"},
        {"count(touches where minutes > 5 in 90 days before closed_at)",
         "(count touches where (> minutes 5) in-before 90d closed_at)"},
        {"count(events since start_of_month(as_of) before as_of)",
         "(count events since (start_of_month as_of) before as_of)"},
        {"count(events from a until b)", "(count events from a until b)"},
        {"count(users where title in last)", "(count users where (in-set title last))"},
        {"at least 2 of (a, b > 1, not c)", "(at-least 2 a (> b 1) (not c))"},
        {"t fired", "(fired t)"},
        {"t fired in last 90 days and x", "(and (fired t in-last 90d) x)"},
        {"t fired since 2026-01-01", "(fired t since date:20454)"},
        {"change(seats, 7 days)", "(change seats 7d)"},
    });
}

// Words of other clauses are names where a name is expected.
TEST(Expression, KeywordsAreNames) {
    expect_all({
        {"points + tier.score", "(+ points (. tier score))"},
        {"first(deals.amount)", "(first (. deals amount))"},
        {"days > hours", "(> days hours)"},
        {"at + least", "(+ at least)"},
        {"iso", "iso"},
        {"EUR", "EUR"},
        {"fit.trigger", "(. fit trigger)"},
        {"fired fired", "(fired fired)"},
        {"count", "count"},
    });
}

// The words of the lexer's grammar: reserved ones up to the heading that ends them.
TEST(Expression, EveryKeywordIsANameUnlessItIsReserved) {
    std::stringstream grammar(read_file(RULEBOOK_SOURCE_DIR "/grammar/RulebookLexer.g4"));
    const std::regex rule("^[A-Z_]+ : '([a-z_]+)';$");
    bool reserved = true;
    int seen[2] = {0, 0};
    for (std::string line; std::getline(grammar, line);) {
        reserved = reserved && line.find("names everywhere else") == std::string::npos;
        std::smatch word;
        if (!std::regex_match(line, word, rule))
            continue;
        ++seen[reserved ? 1 : 0];
        std::string name = word[1];
        bool value = name == "true" || name == "false" || name == "missing";
        EXPECT_EQ(expression(name) == name, !reserved || value) << name;
        EXPECT_EQ(parse("define " + name + " = 1").diagnostics.empty(), !reserved) << name;
    }
    EXPECT_EQ(seen[1], 19);
    EXPECT_GT(seen[0], 150);
}

TEST(Expression, Mistakes) {
    expect_all({
        {"a < b < c", "RB0121"},
        {"a is b is c", "RB0121"},
        {"a = b", "RB0120"},
        {"a is in (b, c)", "RB0122"},
        {"a not < b", "RB0123"},
        {"1.5 hours", "RB0023"},
        {"2 iso days", "RB0153"},
        {"9_223_372_036_854_775_808", "RB0019"},
        {"2026-02-29", "RB0013"},
        {"2026-13-01", "RB0013"},
        {"2026-01-01T25:00:00Z", "RB0013"},
        {"2026-01-01T09:00:00", "RB0020"},
        {"10K", "RB0024"},
        {"\"\\q\"", "RB0018"},
        {"\"\\u{d800}\"", "RB0018"},
        {"if a then b", "RB0102"},
        {"(a", "RB0103"},
        {"a +", "RB0102"},
        {"a and and b", "RB0101"},
        {"a b", "RB0107"},
    });
}

// A number in front of a unit is a duration, unless the unit is a field's name.
TEST(Expression, UnitsAreNamesOfFieldsToo) {
    Parsed parsed = parse("entity e { a : int in 0 to 10  days : int  minutes : number? }\n"
                          "test \"t\" { e { a 3  days 4  minutes 5.5  hours missing } }");
    EXPECT_EQ(parsed.codes(), "");
    const auto& entity = std::get<ast::Entity>(parsed.file.declarations[0]);
    ASSERT_EQ(entity.fields.size(), 3U);
    EXPECT_EQ(entity.fields[1].name.text, "days");
    const auto& test = std::get<ast::Test>(parsed.file.declarations[1]);
    EXPECT_EQ(test.entities[0].record.fields.size(), 4U);
}

// Operands stand before their operations, and spans cover what was written.
TEST(Expression, ArenaAndSpans) {
    Parsed parsed = parse("define d = (a + b) * c is not missing");
    const auto& define = parsed.only<ast::Define>();
    const auto* presence = parsed.file.as<ast::Presence>(define.value);
    ASSERT_NE(presence, nullptr);
    EXPECT_LT(presence->operand.index, define.value.index);
    auto text = [&](ast::ExprId id) {
        return std::string(parsed.sources.text(parsed.file[id].span));
    };
    EXPECT_EQ(text(define.value), "(a + b) * c is not missing");
    const auto* product = parsed.file.as<ast::Arithmetic>(presence->operand);
    ASSERT_NE(product, nullptr);
    EXPECT_EQ(text(presence->operand), "(a + b) * c");
    EXPECT_EQ(text(product->left), "a + b");
    EXPECT_TRUE(parsed.file[product->left].parenthesised);
    EXPECT_EQ(std::string(parsed.sources.text(product->operator_span)), "*");
    EXPECT_EQ(std::string(parsed.sources.text(define.span)),
              "define d = (a + b) * c is not missing");
}

} // namespace
} // namespace rulec::testing
