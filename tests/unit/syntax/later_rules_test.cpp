// Triggers, credit and measures, as syntax trees.
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

TEST(LaterRules, Patterns) {
    struct Case {
        const char* text;
        const char* expected;
    };
    for (const Case& each : std::initializer_list<Case>{
             {"A", "A"},
             {"A then B within 2 days", "(within 2d (then A B))"},
             {"A and B and C", "(and A B C)"},
             {"(A or B) then C", "(then (or A B) C)"},
             {"A 3 times within 7 days", "(within 7d (times 3 A))"},
             {"A with 3 different user", "(different 3 user A)"},
             {"A on 3 different days", "(different 3 days A)"},
             {"A on n different iso weeks", "(different n iso-weeks A)"},
             {"A within the same iso week", "(within same-iso-week A)"},
             {"A within 10 working hours of office", "(within 10h working of office A)"},
             {"A without B within 2 days", "(without 2d B A)"},
             {"A then B within 2 days without C within 3 calendar days",
              "(without 3d calendar C (within 2d (then A B)))"},
             {"no A for 30 days", "(no 30d A)"},
             {"at trial_ends_at", "(at trial_ends_at)"},
             {"3 days before trial_ends_at", "(before 3d trial_ends_at)"},
             {"2 hours after a.b", "(after 2h (. a b))"},
             {"becomes count(events in last 7 days) >= 3",
              "(becomes (>= (count events in-last 7d) 3))"},
             {"becomes a lasting 2 days", "(becomes a lasting 2d)"},
         }) {
        Parsed parsed = parse(std::string("trigger t { on ") + each.text + " once say \"x\" }");
        EXPECT_EQ(parsed.codes(), "") << each.text;
        const auto& trigger = parsed.only<ast::Trigger>();
        EXPECT_EQ(shown(parsed.file, trigger.on), each.expected) << each.text;
        EXPECT_TRUE(trigger.once.somewhere()) << each.text;
    }
    EXPECT_EQ(parse("trigger t { on A then B or C }").codes(), "RB0124");
}

TEST(LaterRules, TriggersAndPolicies) {
    Parsed parsed = parse(R"(trigger t until 2027-01-01 {
  owner a, b  policy p  on x  when y because "z"  unless u  unless v  each time
  cooldown 30 days  at most 2 per 7 days  at most 5 per 30 days  control group 5%  salt "s"  say "hi"
}
policy p { suppress when a because "b"  suppress when c  at most 1 per 14 days  prefer x, y
  exempt z  control group 10%  owner m }
calendar c { zone account.timezone  days mon to wed, sat  hours 9:00 to 12:00, 13:00 to 24:00  holidays "h.csv" })");
    EXPECT_EQ(parsed.codes(), "");
    const auto& trigger = std::get<ast::Trigger>(parsed.file.declarations[0]);
    EXPECT_EQ(names(trigger.head.owners), "a b");
    EXPECT_EQ(trigger.unless.size(), 2U);
    EXPECT_EQ(trigger.limits.size(), 2U);
    EXPECT_TRUE(trigger.each_time.somewhere());
    EXPECT_EQ(shown(parsed.file, trigger.control->share), "5%");
    EXPECT_EQ(shown(parsed.file, trigger.say), "\"hi\"");
    const auto& policy = std::get<ast::Policy>(parsed.file.declarations[1]);
    EXPECT_EQ(policy.suppress.size(), 2U);
    EXPECT_EQ(names(policy.prefer), "x y");
    const auto& calendar = std::get<ast::Calendar>(parsed.file.declarations[2]);
    EXPECT_EQ(calendar.days->mask, 0b0100111);
    ASSERT_EQ(calendar.hours.size(), 2U);
    EXPECT_EQ(calendar.hours[1].to, 24 * 60);
}

TEST(LaterRules, Credit) {
    Parsed parsed = parse(R"(credit c {
  for deals where status is won  at closed_at  divide amount
  among touches where channel is not "call" or minutes > 5 in 90 days before closed_at
  parties motion
  split position(first 40%, middle 20%, last 40%) when x because "y"
  split milestones(first 30%, account.signed_up_at 30%, others 40%)
  split weights(by channel: "ads" 3, email 1, otherwise 1)
  split fixed(self_service 30%, "x" 70%)
  split incremental(r) to a, rest by equal
  split decay(halving every 7 days)
  split equal(by channel)
  split markov("w.json")
  split first
  split last otherwise
  at least 10% to self_service
  without touches to self_service
  flag f when credited(a) > $3 because "z"
}
rates r { unassisted 5%  assisted 15% }
rates s { from "x.json" }
rates u {
  | region || unassisted | assisted |
  | NA     || 5%         | 15%      |
})");
    EXPECT_EQ(parsed.codes(), "");
    const auto& credit = std::get<ast::Credit>(parsed.file.declarations[0]);
    EXPECT_EQ(shown(parsed.file, *credit.among),
              "touches where (or (is-not channel \"call\") (> minutes 5)) in-before 90d closed_at");
    ASSERT_EQ(credit.splits.size(), 10U);
    EXPECT_EQ(shown(parsed.file, std::get<ast::PositionSplit>(credit.splits[0].model).last), "40%");
    const auto& milestones = std::get<ast::MilestonesSplit>(credit.splits[1].model).milestones;
    EXPECT_EQ(milestones[0].kind, ast::Milestone::Kind::First);
    EXPECT_EQ(shown(parsed.file, milestones[1].instant), "(. account signed_up_at)");
    EXPECT_EQ(milestones[2].kind, ast::Milestone::Kind::Others);
    const auto& weights = std::get<ast::WeightsSplit>(credit.splits[2].model);
    EXPECT_TRUE(weights.weights[0].key.quoted);
    EXPECT_FALSE(weights.weights[1].key.quoted);
    EXPECT_EQ(shown(parsed.file, weights.otherwise), "1");
    EXPECT_FALSE(std::get<ast::IncrementalSplit>(credit.splits[4].model).rest_to.has_value());
    EXPECT_TRUE(credit.splits[9].otherwise);
    EXPECT_EQ(credit.floors.at(0).party.text, "self_service");
    EXPECT_EQ(credit.without->collection.text, "touches");
    EXPECT_EQ(credit.flags.at(0).when.because->value, "z");
    EXPECT_EQ(std::get<ast::Rates>(parsed.file.declarations[1]).literals.size(), 2U);
    EXPECT_EQ(std::get<ast::Rates>(parsed.file.declarations[2]).from->value, "x.json");
    EXPECT_EQ(std::get<ast::Rates>(parsed.file.declarations[3]).table->rows.size(), 1U);
}

TEST(LaterRules, Measures) {
    Parsed parsed =
        parse(read_file(RULEBOOK_SOURCE_DIR "/tests/unit/syntax/language/measures.rules"));
    const auto& measure = std::get<ast::Measure>(parsed.file.declarations[0]);
    EXPECT_EQ(shown(parsed.file, measure.of), "(fired connected_stack)");
    EXPECT_EQ(shown(parsed.file, measure.rate->within), "60d");
    EXPECT_EQ(measure.rate->records.by.text, "closed_at");
    EXPECT_EQ(measure.per.size(), 2U);
    EXPECT_EQ(shown(parsed.file, measure.watches.at(0).confidence), "95%");
    const auto& roi = std::get<ast::Roi>(parsed.file.declarations[1]);
    EXPECT_EQ(roi.rates.text, "sales_assist");
    EXPECT_EQ(shown(parsed.file, roi.deals->count), "10");
    EXPECT_EQ(roi.rep_closes->per, ast::DurationUnit::Month);
    EXPECT_EQ(roi.staff, ast::Staffing::ForAdditional);
}

} // namespace
} // namespace rulec::testing
