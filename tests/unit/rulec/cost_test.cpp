// rulec check --cost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/rulec/rulec_run.hpp"
#include "tests/unit/rulec/small_rulebook.hpp"

namespace rulec::tool {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Cost : public ::testing::Test {
protected:
    Cost() { write_small_rulebook(folder); }
    std::string cost() { return rulec({"check", "--cost", folder.name()}).results; }
    nlohmann::json cost_json() {
        return nlohmann::json::parse(
            rulec({"check", "--cost", "--format", "json", folder.name()}).results);
    }

    TemporaryFolder folder;
};

// large: seats, >=; private: email, domain, in the list; two clauses are added: one has points.
TEST_F(Cost, IsAFormulaPerRuleAndPerTrigger) {
    EXPECT_EQ(cost(), R"(operations, at most, for one account
  design_icp  6
  demo        0 + events × 3
what a stream keeps of one account
  demo  1 partial match (16 bytes) + 1 firing (8 bytes)
)");
}

TEST_F(Cost, CountsWhatIsAskedOfEachRecord) {
    folder.write("more.rules", R"(fit reach {
  owner marketing
  points 3 when count(events where name is "a" and account.seats > 3) >= 2
  score 0 to 100
})");
    // Once: `seats > 3` (2 steps), the count, `>=`, the clause; per event: the step over to it, its
    // name, `is`, `and`.
    EXPECT_THAT(cost(), HasSubstr("  reach       5 + events × 4\n"));
    const auto json = cost_json();
    for (const auto& rule : json["cost"]["operations"])
        if (rule["rule"] == "reach") {
            EXPECT_EQ(rule["once"], 5);
            EXPECT_EQ(rule["per_record"][0]["collection"], "events");
            EXPECT_EQ(rule["per_record"][0]["each"]["once"], 4);
        }
}

// Of the record: the step over to it, the window, `name`, `event.name`, `is`. What reads nothing of
// the completing event is asked of each record once, and only counted at each candidate.
TEST_F(Cost, TellsWhatIsAskedAgainAtEachCandidate) {
    folder.write("more.rules", R"(trigger again {
  owner sales
  on hand_raise
  when count(events where name is event.name in last 7 days) > 2
  unless any(events where name is event.name)
  each time
}
trigger kept { owner sales  on hand_raise  when count(events where name is "a" in last 7 days) > 2  each time })");
    EXPECT_THAT(cost(),
                HasSubstr("  again       0 + events × 3; at each candidate 4 + events in last "
                          "7 days × 4 + events × 3\n"));
    EXPECT_THAT(cost(),
                HasSubstr("  kept        0 + events × 3 + events × 4; at each candidate 2\n"));
    for (const auto& rule : cost_json()["cost"]["operations"])
        if (rule["rule"] == "again") {
            EXPECT_EQ(rule["at_candidate"]["per_record"][0]["window"], "in last 7 days");
        }
}

TEST_F(Cost, TellsWhichRecordsATriggerKeeps) {
    folder.write("more.rules", R"(policy calm { owner sales  at most 2 per 7 days }
trigger busy {
  owner sales  policy calm
  on hand_raise 3 times then hand_raise within 30 days
  when count(events in last 7 days) > 2 or count(events in last 30 days) as of 2 days ago > 5
  at most 2 per 14 days
}
trigger all_of_them {
  owner sales  policy calm
  on becomes count(events) > 3
  once
}
trigger after { owner sales  policy calm  on hand_raise  when busy fired  each time })");
    const std::string text = cost();
    EXPECT_THAT(text,
                HasSubstr("busy         1 partial match (32 bytes) + 3 counted events (24 bytes) + "
                          "2 firings (16 bytes) + its firings: all (8 bytes each, asked for by "
                          "`fired`) + events: in last 30 days as of 2 days ago\n"))
        << text;
    EXPECT_THAT(text, HasSubstr("events: all (read without a window by `count(events)`)")) << text;
    EXPECT_THAT(text, HasSubstr("policy calm  2 firings (16 bytes)\n")) << text;
}

TEST_F(Cost, OfAnUnsoundRulebookThereIsNone) {
    folder.write("bad.rules", "define x = seets > 3\n");
    EXPECT_THAT(cost(), Not(HasSubstr("operations")));
    EXPECT_TRUE(cost_json()["cost"].is_null());
    EXPECT_EQ(cost_json()["errors"], 1);
    EXPECT_EQ(rulec({"check", "--cost", "--format", "sarif", folder.name()}).code,
              ExitCode::Unusable);
}

} // namespace
} // namespace rulec::tool
