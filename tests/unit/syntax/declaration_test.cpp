// Each kind of declaration keeps what was written, in the order of the source.
#include <gtest/gtest.h>

#include "tests/unit/syntax/parsing.hpp"
#include "tests/unit/syntax/shown.hpp"

namespace rulec::testing {
namespace {

std::string names(const std::vector<ast::Name>& all) {
    std::string out;
    for (const ast::Name& name : all)
        out += (out.empty() ? "" : " ") + name.text;
    return out;
}

TEST(Declaration, Header) {
    Parsed parsed =
        parse(read_file(RULEBOOK_SOURCE_DIR "/tests/unit/syntax/language/header.rules"));
    const auto& header = std::get<ast::RulebookHeader>(parsed.file.declarations[0]);
    EXPECT_EQ(header.name.text, "acme_gtm");
    EXPECT_EQ(header.version->value, "2026.4.0");
    EXPECT_EQ(header.currency.text, "USD");
    EXPECT_EQ(header.about.text, "account");
    EXPECT_EQ(shown(parsed.file, header.locked_before), "date:20635");
    const auto& team = std::get<ast::Team>(parsed.file.declarations[1]);
    EXPECT_EQ(team.title->value, "Marketing");
    EXPECT_EQ(team.reviewers.at(0).value, "@acme/marketing");
    const auto& lookup = std::get<ast::Lookup>(parsed.file.declarations[3]);
    EXPECT_EQ(lookup.keys.at(1).type.name.text, "text");
    EXPECT_EQ(lookup.type.name.text, "number");
}

TEST(Declaration, Entity) {
    Parsed parsed =
        parse("entity deal of account as deals known from created_at ordered by at via org {\n"
              "  id : text key \"doc\"\n"
              "  amount : money(EUR)? in 0 to under EUR 10.00 tracked\n"
              "  status : enum { open, won }? known from closed_at, open before fixed\n"
              "}");
    EXPECT_EQ(parsed.codes(), "");
    const auto& entity = parsed.only<ast::Entity>();
    EXPECT_EQ(entity.parent.text + entity.collection.text + entity.known_from.text +
                  entity.ordered_by.text + entity.via.text,
              "accountdealscreated_atatorg");
    ASSERT_EQ(entity.fields.size(), 3U);
    EXPECT_TRUE(entity.fields[0].marks.key.somewhere());
    EXPECT_EQ(entity.fields[0].doc->value, "doc");
    EXPECT_EQ(entity.fields[1].type.currency.text, "EUR");
    EXPECT_TRUE(entity.fields[1].type.optional);
    EXPECT_TRUE(entity.fields[1].range->high_open);
    EXPECT_EQ(shown(parsed.file, entity.fields[1].range->high), "EUR10.00");
    EXPECT_TRUE(entity.fields[2].type.anonymous_enum());
    EXPECT_EQ(names(entity.fields[2].type.enum_values), "open won");
    EXPECT_EQ(entity.fields[2].known_from.text, "closed_at");
    EXPECT_EQ(shown(parsed.file, entity.fields[2].before), "open");
    EXPECT_TRUE(entity.fields[2].marks.fixed.somewhere());
}

TEST(Declaration, DefineAndSignal) {
    Parsed parsed = parse("define d(u: user, n: int) from 2026-01-01 until 2027-01-01 = u.a > n\n"
                          "signal s = events where name is \"x\"\n"
                          "enum e ordered { a, b, }");
    EXPECT_EQ(parsed.codes(), "");
    const auto& define = std::get<ast::Define>(parsed.file.declarations[0]);
    EXPECT_EQ(define.parameters.at(1).name.text, "n");
    EXPECT_TRUE(define.effective.until.present());
    const auto& signal = std::get<ast::Signal>(parsed.file.declarations[1]);
    EXPECT_EQ(shown(parsed.file, signal.selection), "events where (is name \"x\")");
    EXPECT_TRUE(std::get<ast::Enum>(parsed.file.declarations[2]).ordered);
}

TEST(Declaration, Fit) {
    Parsed parsed = parse(read_file(RULEBOOK_SOURCE_DIR "/tests/unit/syntax/language/fit.rules"));
    const auto& fit = parsed.only<ast::Fit>();
    ASSERT_EQ(fit.clauses.size(), 7U);
    EXPECT_EQ(std::get<ast::OutWhen>(fit.clauses[0]).when.because->value, "private address");
    const auto& group = std::get<ast::PointsGroup>(fit.clauses[1]);
    EXPECT_EQ(group.name.text, "firmographics");
    EXPECT_EQ(shown(parsed.file, group.limits.at_most), "50");
    EXPECT_EQ(group.clauses.size(), 2U);
    const auto& negative =
        std::get<ast::PointsWhen>(std::get<ast::PointsClause>(fit.clauses[3]).node);
    EXPECT_EQ(shown(parsed.file, negative.points), "(neg 25)");
    const auto& along =
        std::get<ast::PointsAlong>(std::get<ast::PointsClause>(fit.clauses[4]).node);
    EXPECT_EQ(shown(parsed.file, along.value) + shown(parsed.file, along.value_to),
              "active_projects10");
    const auto& fading =
        std::get<ast::PointsForEach>(std::get<ast::PointsClause>(fit.clauses[5]).node);
    EXPECT_EQ(fading.fading, ast::Fading::Halving);
    EXPECT_EQ(shown(parsed.file, fading.elements),
              "events where (is name \"invite_sent\") in-last 90d");
    EXPECT_EQ(shown(parsed.file, fading.limits.at_most), "15");
    ASSERT_EQ(fit.tiers.size(), 4U);
    EXPECT_FALSE(fit.tiers[3].from.present());
    EXPECT_EQ(names(fit.head.owners), "marketing");
    EXPECT_TRUE(fit.head.doc.has_value());
}

TEST(Declaration, Table) {
    Parsed parsed = parse(R"(table t -> (a: plan, b: text) from 2026-01-01 {
  owner m
  hit collect sum
  | x | count(y) | z || a | b | because |
  | < $1M and not 5 | (NA, EMEA) | any || if p then q else r | "n {x}" | "why" |
  | 1 to under 3 or > 9 | in free_mail | when z and not y || missing | plan.b | |
  | is missing | not (NA) | not like "x*" || a | b | |
  | otherwise || a | b | |
  allow RB2001 because "no"
})");
    EXPECT_EQ(parsed.codes(), "");
    const auto& table = parsed.only<ast::Table>();
    EXPECT_EQ(table.hit->collect, ast::CollectFunction::Sum);
    EXPECT_EQ(table.head.allows.at(0).code.text, "RB2001");
    EXPECT_TRUE(table.head.effective.from.present());
    ASSERT_EQ(table.body.columns.size(), 3U);
    EXPECT_EQ(shown(parsed.file, table.body.columns[1]), "(count y)");
    EXPECT_EQ(names(table.body.outputs), "a b");
    EXPECT_TRUE(table.body.has_because);
    auto cell = [&](std::size_t row, std::size_t column) {
        return shown(parsed.file, table.body.rows.at(row).cells.at(column).test);
    };
    auto output = [&](std::size_t row, std::size_t column) {
        return shown(parsed.file, table.body.rows.at(row).outputs.at(column));
    };
    EXPECT_EQ(cell(0, 0), "(and (< col0 $1e6) (not (is col0 5)))");
    EXPECT_EQ(cell(0, 1), "(in-list col1 NA EMEA)");
    EXPECT_EQ(table.body.rows[0].cells[2].kind, ast::CellKind::Any);
    EXPECT_EQ(output(0, 0), "(if p q r)");
    EXPECT_EQ(output(0, 1), "(text \"n \" x \"\")");
    EXPECT_EQ(table.body.rows[0].because->value, "why");
    EXPECT_EQ(table.body.rows[0].line, 5U);
    EXPECT_EQ(cell(1, 0), "(or (in-range col0 1 under 3) (> col0 9))");
    EXPECT_EQ(cell(1, 1), "(in-set col1 free_mail)");
    EXPECT_EQ(table.body.rows[1].cells[2].kind, ast::CellKind::When);
    EXPECT_EQ(cell(1, 2), "(and z (not y))");
    EXPECT_EQ(output(1, 0), "missing");
    EXPECT_FALSE(table.body.rows[1].because.has_value());
    EXPECT_EQ(cell(2, 0), "(missing col0)");
    EXPECT_EQ(cell(2, 1), "(not (in-list col1 NA))");
    EXPECT_EQ(cell(2, 2), "(not (like col2 \"x*\"))");
    EXPECT_TRUE(table.body.rows[3].otherwise);
}

TEST(Declaration, Tests) {
    Parsed parsed = parse(R"(test "t" {
  account {
    a 2026-03-02  b -5  c -$3  d plan.basic  e missing  f -3 days  g 3 days  h EUR 5
    users [ { id "u1"  joined_at +0 days }, { } ]
    none [ ]
  }
  as_of +30 days
  control t
  expect x.tier is A
  expect t fires at +3 days, 2026-03-05T00:00:00Z
  expect t suppressed at +1 day
  expect t pending at +1 day
  expect t never fires
  expect c gives a $2.50, "b" -$1
  expect c flags f, g
  expect c never flags h
})");
    EXPECT_EQ(parsed.codes(), "");
    const auto& test = parsed.only<ast::Test>();
    const auto& fields = test.entities.at(0).record.fields;
    ASSERT_EQ(fields.size(), 10U);
    EXPECT_EQ(shown(parsed.file, fields[1].value.expression), "(neg 5)");
    EXPECT_EQ(shown(parsed.file, fields[3].value.expression), "(. plan basic)");
    EXPECT_EQ(fields[5].value.kind, ast::TestValue::Kind::Offset);
    EXPECT_TRUE(fields[5].value.negative);
    EXPECT_EQ(fields[6].value.kind, ast::TestValue::Kind::Expression);
    EXPECT_EQ(shown(parsed.file, fields[7].value.expression), "EUR5");
    EXPECT_EQ(fields[8].value.records.size(), 2U);
    EXPECT_EQ(fields[8].value.records[0].fields[1].value.kind, ast::TestValue::Kind::Offset);
    EXPECT_EQ(test.as_of->kind, ast::TestValue::Kind::Offset);
    EXPECT_EQ(test.controls.at(0).trigger.text, "t");
    ASSERT_EQ(test.expectations.size(), 8U);
    EXPECT_EQ(std::get<ast::ExpectFiring>(test.expectations[1].node).instants.size(), 2U);
    EXPECT_EQ(std::get<ast::ExpectFiring>(test.expectations[4].node).expectation,
              ast::FiringExpectation::NeverFires);
    const auto& credited = std::get<ast::ExpectCredit>(test.expectations[5].node);
    EXPECT_TRUE(credited.amounts.at(1).party.quoted);
    EXPECT_EQ(shown(parsed.file, credited.amounts[1].amount), "(neg $1)");
    const auto& flags = std::get<ast::ExpectFlags>(test.expectations[6].node);
    EXPECT_EQ(names(flags.flags), "f g");
    EXPECT_FALSE(flags.never);
    EXPECT_TRUE(std::get<ast::ExpectFlags>(test.expectations[7].node).never);
}

} // namespace
} // namespace rulec::testing
