// rulec explain --why-not, and of triggers and policies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/rulec/rulec_run.hpp"
#include "tests/unit/rulec/small_rulebook.hpp"

namespace rulec::tool {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class WhyNotVerb : public ::testing::Test {
protected:
    WhyNotVerb() {
        write_small_rulebook(folder);
        folder.write("more.rules", R"(fit reach {
  owner marketing
  points 30 when seats in 20 to 40
  points 40 when count(events) >= 3
  points 0 to 10 as seats goes from 0 to 10
  score 0 to 100
  tier A from 60, B from 20, C otherwise
}
decide route -> text {
  owner sales
  choose "self" when seats < 5
  choose "sales" when email is known and reach.tier is A
  choose "none" otherwise
}
policy calm { owner sales  at most 1 per 14 days }
signal asked = events where name is "asked"
signal answered = events where name is "answered"
trigger chase {
  owner sales  policy calm
  on asked then answered within 3 days
  when seats > 3
  cooldown 30 days
}
trigger other { owner sales  policy calm  on asked  each time }
)");
        data.write("accounts.csv", "id,signed_up_at,seats,email\n"
                                   "a,2026-03-01,3,\nb,2026-03-01,30,x@gmail.com\n");
        data.write("events.csv", "account_id,at,name\n"
                                 "a,2026-03-02,asked\na,2026-03-07,answered\n"
                                 "b,2026-03-02,asked\nb,2026-03-03,asked\nb,2026-03-04,answered\n");
    }
    Outcome explain(std::vector<std::string> more) {
        std::vector<std::string> arguments{"explain", folder.name(), "--data", data.name()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return rulec(arguments);
    }
    std::string why_not(const std::string& account, const std::string& what) {
        return explain({"--account", account, "--why-not", what}).results;
    }

    TemporaryFolder folder;
    TemporaryFolder data;
};

TEST_F(WhyNotVerb, FewestFieldsAndNearestThresholds) {
    EXPECT_EQ(why_not("a", "design_icp.tier is A"),
              R"(`design_icp.tier is A` is false   (at 2026-03-07T00:00:00Z)
  design_icp.tier = B
  true with 1 field of the account changed:
    seats: 3 -> 10
  what does not hold:
    design_icp.tier is B; needs A
      design_icp.score is 0; A from 30: 30 points more
      30 more: points 30 when large
        seats is 3; needs at least 10: 7 more
)");
}

TEST_F(WhyNotVerb, SeveralFieldsOnlyWhereOneIsNotEnough) {
    const std::string text = why_not("b", "design_icp.tier is A and seats < 20");
    EXPECT_THAT(text, HasSubstr("true with 2 fields of the account changed"));
    EXPECT_THAT(text, HasSubstr("seats: 30 -> 19; email: \"x@gmail.com\" -> "));
}

TEST_F(WhyNotVerb, CountsAreToldAndNotInvented) {
    const std::string text = why_not("a", "count(events where name is \"asked\") >= 3");
    EXPECT_THAT(text, HasSubstr("it reads no field of the account that could be changed"));
    EXPECT_THAT(text, HasSubstr("records of collections are taken as they are"));
    EXPECT_THAT(text, HasSubstr("is 1; needs at least 3: 2 more"));
}

TEST_F(WhyNotVerb, WhatIsFixedIsSaidToBe) {
    for (const char* fixed : {"1 is 2", "3 in (1, 2)", "5 in 1 to 3"}) {
        const std::string text = why_not("a", fixed);
        EXPECT_THAT(text, HasSubstr(std::string("    ") + fixed +
                                    " is always false: it reads nothing that could change\n"));
        EXPECT_THAT(text, Not(HasSubstr("needs")));
    }
    EXPECT_THAT(why_not("a", "1 is 2 or seats > 9"), HasSubstr("seats: 3 -> 10"));
}

TEST_F(WhyNotVerb, ThroughDecisions) {
    const std::string text = why_not("a", "route is \"sales\"");
    EXPECT_THAT(text, HasSubstr("no values that its rules compare with make it true"));
    EXPECT_THAT(text, HasSubstr("taken: choose \"self\" when seats < 5"));
    EXPECT_THAT(text, HasSubstr("seats is 3; needs at least 5: 2 more"));
}

TEST_F(WhyNotVerb, WhatIsTrueNeedsNothing) {
    const Outcome outcome = explain({"--account", "a", "--why-not", "seats < 5"});
    EXPECT_EQ(outcome.code, ExitCode::Fine);
    EXPECT_EQ(outcome.results, "`seats < 5` is true   (at 2026-03-07T00:00:00Z)\n  seats = 3\n");
}

TEST_F(WhyNotVerb, AsJson) {
    const auto json = nlohmann::json::parse(
        explain({"--account", "a", "--why-not", "seats > 10", "--format", "json"})
            .results)["why_not"];
    EXPECT_EQ(json["truth"], "false");
    EXPECT_EQ(json["exhaustive"], true);
    EXPECT_EQ(json["changes"][0][0]["field"], "seats");
    EXPECT_EQ(json["changes"][0][0]["to"], "11");
    EXPECT_EQ(json["needs"][0], "seats is 3; needs more than 10: 8 more");
}

TEST_F(WhyNotVerb, SaysWhatIsWrongWithTheCondition) {
    const Outcome unknown = explain({"--account", "a", "--why-not", "seets > 3"});
    EXPECT_EQ(unknown.code, ExitCode::Unusable);
    EXPECT_THAT(unknown.messages, HasSubstr("--why-not:2:1: error[RB1203]"));
    EXPECT_EQ(explain({"--account", "a", "--why-not", "seats"}).code, ExitCode::Unusable);
    EXPECT_EQ(explain({"--account", "a", "--why-not", "demo never fires"}).code,
              ExitCode::Unusable);
    EXPECT_EQ(explain({"--account", "a", "--why-not", "true } define y = 3"}).code,
              ExitCode::Unusable);
    EXPECT_EQ(explain({"--account", "a", "--why-not", "true", "--rule", "demo"}).code,
              ExitCode::Unusable);
}

// A lower tier needs fewer points: clauses that add some are no help.
TEST_F(WhyNotVerb, ALowerTierNeedsFewerPoints) {
    data.write("accounts.csv", "id,signed_up_at,seats,email\nb,2026-03-01,30,\n");
    EXPECT_THAT(why_not("b", "reach.tier is B"),
                HasSubstr("    reach.tier is A; needs B\n"
                          "      reach.score is 80; B from 20 and under 60: 20.01 points less\n"
                          "      40 less: points 40 when count(events) >= 3\n"
                          "        count(events) is 3; needs less than 3: 1 less\n"
                          "      30 less: points 30 when seats in 20 to 40\n"));
    EXPECT_THAT(why_not("b", "reach.score < 50"), Not(HasSubstr(" more: points")));
    EXPECT_THAT(why_not("b", "reach.score > 90"), Not(HasSubstr(" less: points")));
    EXPECT_THAT(why_not("b", "not (reach.tier is A)"),
                HasSubstr("; C and under 20: 60.01 points less"));
}

// Who is out has the points of the clauses as soon as nothing puts it out.
TEST_F(WhyNotVerb, WhoIsOutNeedsNoPointsThatItsClausesGive) {
    folder.write("some.rules", R"(fit strict {
  owner marketing
  out when seats > 20
  points 30 when seats >= 10
  points 20 when email is known
  score 0 to 100
  tier A from 50, B from 20, C otherwise
})");
    const std::string lower = why_not("b", "strict.tier is A");
    EXPECT_THAT(lower, HasSubstr("strict.score is 0 (out; its clauses give 50); A from 50\n"));
    EXPECT_THAT(lower, HasSubstr("out: out when seats > 20 is true\n"));
    EXPECT_THAT(lower, Not(HasSubstr("points more")));
    EXPECT_THAT(lower, Not(HasSubstr(" more: points")));
    EXPECT_THAT(why_not("a", "strict.tier is out"),
                HasSubstr("strict.score is 0\n      seats is 3; needs more than 20: 18 more\n"));
}

// What a clause could add is what the limits of its group and of the score leave of it.
TEST_F(WhyNotVerb, LimitsLeaveOnlySomeOfTheMissingPoints) {
    folder.write("some.rules", R"(fit grouped {
  owner marketing
  group size at most 25 points {
    points 20 when seats >= 3
    points 30 when email is known
    points 10 when seats > 100
  }
  group full at most 10 points {
    points 10 when seats < 5
    points 20 when count(events) >= 9
  }
  group risk at least -5 points {
    points -12 when seats < 10
    points -10 when email is missing
  }
  score 0 to 28
  tier A from 28, B otherwise
})");
    // Of a, size has 20 of its 25 and full its 10; risk is -22 and counts -5. 28 is all there is.
    EXPECT_THAT(why_not("a", "grouped.tier is A"),
                HasSubstr("      grouped.score is 25; A from 28: 3 points more\n"
                          "      3 more (of 30: group size at most 25 points; score at least 0, at "
                          "most 28 points): points 30 when email is known\n"
                          "        email is unknown; needs a value\n"
                          "      3 more (of 10: group size at most 25 points; score at least 0, at "
                          "most 28 points): points 10 when seats > 100\n"
                          "        seats is 3; needs more than 100: 98 more\n"
                          "      0 more (of 12: group risk at least -5 points): points -12 when "
                          "seats < 10\n"
                          "        seats is 3; needs at least 10: 7 more\n"
                          "      0 more (of 10: group risk at least -5 points): points -10 when "
                          "email is missing\n"));
    // Of b, size is full, so that it can add nothing.
    const std::string full = why_not("b", "grouped.tier is A");
    EXPECT_THAT(full, HasSubstr("      3 more (of 10: score at least 0, at most 28 points): points "
                                "10 when seats < 5\n"));
    EXPECT_THAT(full, HasSubstr("      3 more (of 20: group full at most 10 points; score at least "
                                "0, at most 28 points): points 20 when count(events) >= 9\n"));
    EXPECT_THAT(full, Not(HasSubstr("points 10 when seats > 100")));
    EXPECT_THAT(why_not("a", "grouped.score >= 26"), HasSubstr("3 more (of 30: group size"));
}

TEST_F(WhyNotVerb, UnknownsAreToldWithTheirCause) {
    data.write("accounts.csv", "id,signed_up_at,seats,email\nb,2026-03-01,many,\n");
    EXPECT_THAT(why_not("b", "seats > 5"),
                HasSubstr("seats: unknown (its value in the data could not be read) -> 6"));
    EXPECT_THAT(why_not("b", "email is \"x@y.z\""), HasSubstr("email: missing -> \"x@y.z\""));
    const auto json = nlohmann::json::parse(
        explain({"--account", "b", "--why-not", "seats > 5", "--format", "json"}).results);
    EXPECT_EQ(json["why_not"]["changes"][0][0]["from_cause"],
              "its value in the data could not be read");
}

TEST_F(WhyNotVerb, NothingStandsBehindTheCondition) {
    for (const char* asked : {"true } trigger late { owner sales  on asked  once }",
                              "true } define y = 3", "true }", "true } // so"}) {
        const Outcome outcome = explain({"--account", "a", "--why-not", asked});
        EXPECT_EQ(outcome.code, ExitCode::Unusable) << asked;
        EXPECT_THAT(outcome.messages, HasSubstr("--why-not:2:6: error[RB0104]")) << asked;
    }
    EXPECT_EQ(explain({"--account", "a", "--why-not", "seats < 5 // so"}).code, ExitCode::Fine);
}

TEST_F(WhyNotVerb, OfATriggerTellsHowFarItGot) {
    const std::string text = why_not("a", "chase fired");
    EXPECT_EQ(text, why_not("a", "chase"));
    EXPECT_THAT(text, HasSubstr("nearest miss: asked at 2026-03-02T00:00:00Z, answered at "
                                "2026-03-07T00:00:00Z: 2 days too late, `within 3 days` ended at "
                                "2026-03-05T00:00:00Z"));
}

TEST_F(WhyNotVerb, OfATriggerLeavesOutWhatFired) {
    EXPECT_THAT(explain({"--account", "b", "--rule", "other"}).results, HasSubstr(": fired\n"));
    const std::string text = why_not("b", "other");
    EXPECT_THAT(text, Not(HasSubstr(": fired\n")));
    EXPECT_THAT(text, HasSubstr("2026-03-03T00:00:00Z: suppressed, the policy allows no more"));
    EXPECT_THAT(text, HasSubstr("other fired last at 2026-03-02T00:00:00Z"));
    EXPECT_THAT(text, HasSubstr("already 1 of at most 1 per 14 days: used up at least until "
                                "2026-03-16T00:00:00Z"));
}

TEST_F(WhyNotVerb, OfATriggerTellsThatTheControlGroupDidNotFire) {
    folder.write("held.rules", R"(trigger held {
  owner sales  policy calm_not
  on asked
  when seats > 3
  cooldown 30 days
}
policy calm_not { owner sales  control group 100% }
)");
    const std::string text = why_not("b", "held");
    EXPECT_THAT(text, HasSubstr("trigger held: fired 0, suppressed 1, control 1"));
    EXPECT_THAT(text, HasSubstr("            2026-03-02T00:00:00Z: control, the account is in the "
                                "control group\n"));
    EXPECT_THAT(text, Not(HasSubstr("when seats > 3")));
    EXPECT_THAT(text, HasSubstr("it would have fired, but for the control group, last at "
                                "2026-03-02T00:00:00Z"));
}

// In data of dates all stand at midnight, and so do the deadlines of calendar days.
TEST_F(WhyNotVerb, WhatCameAtTheDeadlineOpenedNothing) {
    folder.write("waits.rules", R"(trigger slow {
  owner sales  policy calm
  on asked without answered within 3 calendar days
  each time
}
trigger prompt { owner sales  policy calm  on asked without answered within 3 days  each time }
trigger quiet { owner sales  policy calm  on no asked for 3 calendar days  each time }
)");
    data.write("events.csv", "account_id,at,name\na,2026-03-02,asked\na,2026-03-05,asked\n"
                             "b,2026-03-02,asked\nb,2026-03-05,asked\nb,2026-03-05,answered\n");
    EXPECT_THAT(explain({"--account", "a", "--rule", "slow"}).results,
                HasSubstr("asked at 2026-03-05T00:00:00Z, the deadline itself: it belongs to no "
                          "wait and opens none\n"));
    EXPECT_THAT(
        explain({"--account", "b", "--rule", "prompt"}).results,
        HasSubstr("asked at that instant belongs to the wait that ended, and opens none\n"));
    EXPECT_THAT(explain({"--account", "a", "--rule", "quiet"}).results,
                HasSubstr("asked at 2026-03-05T00:00:00Z, the deadline itself: a new silence began "
                          "there, and nothing fired\n"));
}

TEST_F(WhyNotVerb, PoliciesTellWhatTheyHeldBack) {
    const Outcome outcome = explain({"--account", "b", "--rule", "calm"});
    EXPECT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
    EXPECT_TRUE(outcome.results.starts_with(
        "policy calm: let pass 1, held back 2, triggers chase, other   (at "))
        << outcome.results;
    EXPECT_THAT(outcome.results, HasSubstr("chase at 2026-03-04T00:00:00Z: suppressed"));
    EXPECT_THAT(explain({"--account", "b", "--rule", "clam"}).messages,
                HasSubstr("did you mean `calm`?"));
}

TEST_F(WhyNotVerb, NamesThatAreNoRules) {
    const std::string out = data.name() + "/out";
    const Outcome outcome =
        rulec({"run", folder.name(), "--data", data.name(), "--out", out, "--only", "design_ipc"});
    EXPECT_EQ(outcome.code, ExitCode::Unusable);
    EXPECT_THAT(outcome.messages, HasSubstr("did you mean `design_icp`?"));
}

// Times are told where the rulebook is at home.
TEST_F(WhyNotVerb, TimesAreOnTheClockOfTheRulebook) {
    folder.write("records.rules", R"(rulebook acme {
  version "3"  timezone "America/New_York"  currency USD  about account
}
team marketing { name "Marketing" }
team sales     { name "Sales" }
entity account { id : text key  signed_up_at : time origin  seats : int?  email : text? }
entity event of account as events ordered by at { at : time  name : text }
trigger told { owner sales  on asked  each time  say "Since {signed_up_at}" }
)");
    const Outcome outcome = explain({"--account", "a", "--rule", "told"});
    EXPECT_THAT(outcome.results, HasSubstr("says: Since 2026-03-01T00:00:00-05:00"))
        << outcome.messages;
    EXPECT_THAT(outcome.results, HasSubstr("(at 2026-03-07T00:00:00-05:00, America/New_York)"));
}

} // namespace
} // namespace rulec::tool
