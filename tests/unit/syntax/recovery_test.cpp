// One mistake gives one message, and what stands around it is read.
#include <gtest/gtest.h>

#include "tests/unit/syntax/parsing.hpp"

namespace rulec::testing {
namespace {

TEST(Recovery, SeveralMistakesInOneFile) {
    Parsed parsed = parse(R"(
rulebook acme {
  version "1"
  timezon "Europe/Berlin"
  currency EUR
}
entity account {
  id text key
  seats : int? in 0 too 10
  plan : plan
}
fit icp {
  owner marketing
  points 30 when seats >
  points 20 when plan is basic
  tier A from 80 B from 60
}
define x = 1 +
define y = 2
)");
    EXPECT_EQ(parsed.codes(), "RB0105 RB0101 RB0101 RB0102 RB0107 RB0102");
    EXPECT_FALSE(parsed.file.complete);
    ASSERT_EQ(parsed.file.declarations.size(), 4U);
    const auto& header = std::get<ast::RulebookHeader>(parsed.file.declarations[0]);
    EXPECT_EQ(header.currency.text, "EUR");
    const auto& entity = std::get<ast::Entity>(parsed.file.declarations[1]);
    ASSERT_EQ(entity.fields.size(), 1U);
    EXPECT_EQ(entity.fields[0].name.text, "plan");
    const auto& fit = std::get<ast::Fit>(parsed.file.declarations[2]);
    EXPECT_EQ(fit.clauses.size(), 1U);
    EXPECT_EQ(std::get<ast::Define>(parsed.file.declarations[3]).name.text, "y");
}

TEST(Recovery, AMissingBracePointsToItsPartner) {
    Parsed parsed = parse("fit a {\n  owner m\n  points 1 when x\n\nfit b {\n  owner m\n}\n");
    EXPECT_EQ(parsed.codes(), "RB0103");
    ASSERT_EQ(parsed.first().labels.size(), 1U);
    EXPECT_EQ(parsed.first().labels[0].span.begin, 6U);
    EXPECT_EQ(parsed.file.declarations.size(), 2U);
    for (const char* text : {"team a {\n  name \"A\"\n\nteam b { name \"B\" }\n",
                             "entity a {\n  id : text key\n\nentity b { id : text key }\n",
                             "test \"t\" {\n  account { a 1\n\ntest \"u\" { }\n",
                             "table t -> (a: b) {\n  | x || a |\n  | 1 || c |\n\nteam b { }\n",
                             "define a = (1 + 2\ndefine b = 3\n"}) {
        Parsed each = parse(text);
        EXPECT_EQ(each.codes(), "RB0103") << text;
        EXPECT_TRUE(each.file.declarations.size() >= 1) << text;
    }
    EXPECT_EQ(parse("fit a {\n  owner m\n").codes(), "RB0103");
    EXPECT_EQ(parse("fit a {\n  group g { points 1 when x\n").codes(), "RB0103");
}

TEST(Recovery, ABraceTooMany) {
    Parsed parsed = parse("fit a { owner m } }\nfit b { owner m }\n");
    EXPECT_EQ(parsed.codes(), "RB0104");
    EXPECT_EQ(parsed.file.declarations.size(), 2U);
}

TEST(Recovery, UnknownDeclarations) {
    Parsed parsed = parse("fitt a {\n  owner m\n  points 1 when x\n}\nfit b { owner m }\nfoo\n");
    EXPECT_EQ(parsed.codes(), "RB0100 RB0100");
    EXPECT_EQ(parsed.first().help_text, "did you mean `fit`?");
    EXPECT_EQ(parsed.file.declarations.size(), 1U);
}

TEST(Recovery, DidYouMean) {
    struct Case {
        const char* text;
        const char* help;
    };
    for (const Case& each : std::initializer_list<Case>{
             {"fit a {\n  ponits 3 when x\n}", "did you mean `points`?"},
             {"fit a {\n  points 3 wehn x\n}", "did you mean `when`?"},
             {"trigger t {\n  coldown 3 days\n}", "did you mean `cooldown`?"},
             {"define a = x is greater than 3", "write `>`, `<`, `>=` or `<=`"},
             {"define a = x between 1 and 3", "write `in 1 to 5` (both ends belong to it)"},
             {"define a = x || y", "write `or`"},
             {"define a = x > 1,000", "thousands are set apart by `_`: `1_000`"},
             {"entity a {\n  id : text kye\n}", "did you mean `key`?"},
             {"test \"t\" {\n  expect t supressed at +3 days\n}", "did you mean `suppressed`?"},
         })
        EXPECT_EQ(parse(each.text).first().help_text, each.help) << each.text;
}

TEST(Recovery, ReservedWordsAreNoNames) {
    EXPECT_EQ(parse("define default = 1").codes(), "RB0106");
    EXPECT_EQ(parse("entity a {\n  is : bool\n  b : bool\n}").codes(), "RB0106");
    EXPECT_EQ(parse("enum e { a, or, b }").codes(), "RB0106");
}

TEST(Recovery, RowsOfATable) {
    Parsed parsed = parse(R"(
table t -> (offer: plan, discount: percent) {
  hit first
  | seats | region || offer | discount | because |
  | > 3   | any    || basic | 0%       | "ok"    |
  | > 3            || basic | 0%       | "ok"    |
  |       | any    || basic | 0%       | "ok"    |
  | > 3   | any    || basic |          | "ok"    |
  | > 3   | any    || basic | 0%       |
  | > 3   | any    |  basic | 0%       | "ok"    |
  | > 3   | any    || basic | 0%       | ok      |
  | > 3   | any    || basic | 0%       | "ok"
  | > >   | any    || basic | 0%       | "ok"    |
  | more than 3 | any || basic | 0%    | "ok"    |
  | otherwise      || basic | 0%       |         |
}
)");
    EXPECT_EQ(parsed.codes(), "RB0132 RB0130 RB0131 RB0133 RB0134 RB0138 RB0135 RB0102 RB0101");
    const auto& table = parsed.only<ast::Table>();
    EXPECT_EQ(table.body.rows.front().cells.size(), 2U);
    EXPECT_TRUE(table.body.rows.back().otherwise);
    EXPECT_EQ(table.body.rows.back().line, 15U);
}

TEST(Recovery, ReasonsStandBehindBecause) {
    Parsed parsed = parse("fit a {\n  \"about\"\n  out when x \"why\"\n}");
    EXPECT_EQ(parsed.codes(), "RB0109");
    EXPECT_EQ(parsed.first().edits.at(0).replacement, "because ");
    EXPECT_EQ(parse("fit a {\n  out when x\n  \"about\"\n}").codes(), "");
    EXPECT_EQ(parse("motion m { choose a when b \"why\" }").codes(), "RB0109");
}

TEST(Recovery, TablesNeedAHead) {
    EXPECT_EQ(parse("table t -> (a: b) { hit first }").codes(), "RB0141");
    EXPECT_EQ(parse("table t -> (a: b) {\n  | x || |\n  | 1 || c |\n}").codes(), "RB0140");
    EXPECT_EQ(parse("table t -> (a: b) {\n  | x\n  | 1 || c |\n}").codes(), "RB0102");
}

TEST(Recovery, MistakesStayInTheirClause) {
    Parsed parsed = parse(R"(
trigger t {
  owner sales
  on a and
  when x
  unless y z
  cooldown 30 days
}
credit c {
  for deals where
  at closed_at
  split equaly otherwise
  at least 10% too b
  flag f when x
}
test "t" {
  account { a 1  b  c 3 }
  as_of +3 days
  expect t fires at
  expect t never fires
}
)");
    EXPECT_EQ(parsed.codes(), "RB0102 RB0107 RB0102 RB0107 RB0101 RB0107 RB0101");
    const auto& trigger = std::get<ast::Trigger>(parsed.file.declarations[0]);
    EXPECT_TRUE(trigger.when.has_value());
    EXPECT_TRUE(trigger.cooldown.has_value());
    const auto& credit = std::get<ast::Credit>(parsed.file.declarations[1]);
    EXPECT_TRUE(credit.at.present());
    EXPECT_EQ(credit.flags.size(), 1U);
    const auto& test = std::get<ast::Test>(parsed.file.declarations[2]);
    EXPECT_EQ(test.expectations.size(), 1U);
}

TEST(Recovery, ClausesThatStandTwice) {
    EXPECT_EQ(parse("fit f { score 0 to 10 score 0 to 20 tier A from 1 tier B from 2 }").codes(),
              "RB0108 RB0108");
    EXPECT_EQ(parse("entity e { a : int key key }").codes(), "RB0108");
}

TEST(Recovery, ManyMistakesAreCounted) {
    std::string text;
    for (int i = 0; i < 150; ++i)
        text += "define a = 1 +\n";
    Parsed parsed = parse(text);
    EXPECT_EQ(parsed.diagnostics.count(Severity::Error), kMaximumDiagnosticsPerFile);
    ASSERT_EQ(parsed.diagnostics.count(Severity::Note), 1U);
    bool told = false;
    for (const Diagnostic* diagnostic : parsed.diagnostics.sorted())
        told = told || diagnostic->message == "50 more mistakes in this file are not shown";
    EXPECT_TRUE(told);
}

} // namespace
} // namespace rulec::testing
