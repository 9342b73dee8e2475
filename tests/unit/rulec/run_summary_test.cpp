// What a run says of credit in numbers: printed, in summary.txt and in summary.json.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/rulec/run_fixture.hpp"

namespace rulec::tool {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

class RunSummary : public Run {
protected:
    RunSummary() {
        rulebook.write("deals.rules", R"(
entity deal of account as deals known from created_at {
  id : text key  created_at : time  closed_at : time? known from closed_at  amount : money?
}
entity touch of account as touches ordered by at { at : time  motion : motion }
motion led_by { owner sales  choose sales_assisted when seats >= 10  choose self_service otherwise }
credit split {
  owner sales
  for deals where closed_at is known  at closed_at  divide amount
  among touches in 90 days before closed_at
  parties motion
  split fixed(self_service 25%, sales_assisted 75%)
  flag large when amount > $50
}
)");
        data.write("deals.csv", "account_id,id,created_at,closed_at,amount\n"
                                "a,d1,2026-03-01,2026-03-20,100.00\n" // by both
                                "a,d2,2026-03-01,2026-03-04,60.00\n"  // by no touch
                                "a,d3,2026-03-01,2026-03-05,\n"       // without an amount
                                "b,d4,2026-03-01,2026-03-20,40.00\n"  // by the product
                                "b,d5,2026-03-01,,1000.00\n");        // not closed
        data.write("touches.csv", "account_id,at,motion\n"
                                  "a,2026-03-05,self_service\na,2026-03-12,sales_assisted\n"
                                  "b,2026-03-05,self_service\nb,2026-03-06,self_service\n");
    }
};

TEST_F(RunSummary, TellsWhoGotWhatAndHowTheyBought) {
    const Outcome outcome = run();
    ASSERT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
    EXPECT_THAT(outcome.results,
                HasSubstr("credit split: 3 deals, USD 200.00; 1 deal not credited, 0.00 and 1 "
                          "without an amount\n"
                          "  party                                      amount   share  deals\n"
                          "  sales_assisted                             105.00  52.50%      2\n"
                          "  unattributed                                60.00  30.00%      1\n"
                          "  self_service                                35.00  17.50%      2\n"
                          "  bought by sales_assisted and self_service  100.00  50.00%      1\n"
                          "  bought by no touch                          60.00  30.00%      1\n"
                          "  bought by self_service                      40.00  20.00%      1\n"
                          "  flag large                                 160.00  80.00%      2\n"));
    const std::string text = read("summary.txt");
    EXPECT_EQ(text + "results are in " + out() + "\n", outcome.results);
}

TEST_F(RunSummary, TellsHowMuchOfACreditIsDisputed) {
    rulebook.write("disputes.rules", R"(
credit disputed {
  owner sales
  for deals where closed_at is known  at closed_at  divide amount
  among touches in 90 days before closed_at
  parties motion
  split equal
  without touches to self_service
  flag half_of_it when credited(sales_assisted) > $0
  flag none_of_it when amount < $0 or credited(hybrid) > $0
}
)");
    const Outcome outcome = run();
    ASSERT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
    // Of the flagged $100 sales has $50, which is all that sales has; the other parties are not
    // asked about.
    EXPECT_THAT(outcome.results,
                HasSubstr("  flag half_of_it                            100.00   50.00%      1\n"
                          "    of what sales_assisted gets               50.00  100.00%      1\n"));
    const json credit = json::parse(read("summary.json"))["credit"];
    const json flags =
        (credit[0]["rule"] == "disputed" ? credit[0] : credit[1])["currencies"][0]["flags"];
    EXPECT_EQ(flags, json::parse(R"([
        {"flag":"half_of_it","deals":1,"amount":"100.00","share":0.5,"parties":[
            {"party":"sales_assisted","asked":true,"deals":1,"amount":"50.00","share":1.0},
            {"party":"self_service","asked":false,"deals":1,"amount":"50.00","share":0.333333}]}])"));
}

// Whoever looks at one flag need not join flags and credits.
TEST_F(RunSummary, FlagsTellWhatThePartiesGotThatTheyAskAbout) {
    rulebook.write("disputes.rules", R"(
credit disputed {
  owner sales
  for deals where closed_at is known  at closed_at  divide amount
  among touches in 90 days before closed_at
  parties motion
  split equal
  without touches to self_service
  flag both  when credited(sales_assisted) > $0 and credited(self_service) > $0
  flag few   when credited(hybrid) is $0 and amount < $50
  flag plain when amount < $50
}
)");
    ASSERT_EQ(run().code, ExitCode::Fine);
    EXPECT_THAT(
        read("flags.csv"),
        HasSubstr(
            "rule,flag,deal,account,amount,currency,asked_amount,asked\nsplit,large,d2,a,60.00,USD,,[]\n"
            "disputed,both,d1,a,100.00,USD,100.00,\"[{\"\"party\"\":\"\"sales_assisted\"\","
            "\"\"amount\"\":\"\"50.00\"\"},{\"\"party\"\":\"\"self_service\"\",\"\"amount\"\":"
            "\"\"50.00\"\"}]\"\n"));
    EXPECT_THAT(read("flags.csv"),
                HasSubstr("disputed,few,d4,b,40.00,USD,0.00,"
                          "\"[{\"\"party\"\":\"\"hybrid\"\",\"\"amount\"\":\"\"0.00\"\"}]\"\n"
                          "disputed,plain,d4,b,40.00,USD,,[]\n"));
}

TEST_F(RunSummary, SaysWhyNothingIsToldByMotion) {
    auto arguments = flags("run");
    arguments.insert(arguments.end(), {"--out", out(), "--only", "split"});
    ASSERT_EQ(rulec(arguments).code, ExitCode::Fine);
    const json credit = json::parse(read("summary.json"))["credit"][0]["currencies"][0];
    EXPECT_EQ(credit["by_motion"], json::array());
    EXPECT_EQ(credit["no_motion"], "`led_by` was not asked for: add `--only led_by`");
    arguments.insert(arguments.end(), {"--only", "led_by"});
    ASSERT_EQ(rulec(arguments).code, ExitCode::Fine);
    const json both = json::parse(read("summary.json"))["credit"][0]["currencies"][0];
    EXPECT_EQ(both["by_motion"].size(), 2U);
    EXPECT_FALSE(both.contains("no_motion"));
}

TEST_F(RunSummary, SumsOfTheFileReconcile) {
    run();
    const json summary = json::parse(read("summary.json"));
    EXPECT_EQ(summary["as_of"], "2026-03-20T00:00:00Z");
    EXPECT_EQ(summary["accounts"]["evaluated"], 2);
    const json credit = summary["credit"][0]["currencies"][0];
    EXPECT_EQ(credit["credited"]["amount"], "200.00");
    EXPECT_EQ(credit["not_credited"],
              json::parse(R"({"deals":1,"amount":"0.00","without_amount":1})"));
    EXPECT_EQ(credit["by_motion"], json::parse(R"([
        {"decision":"led_by","motion":"sales_assisted","parties":[
            {"party":"sales_assisted","deals":1,"amount":"75.00","share":0.375},
            {"party":"self_service","deals":1,"amount":"25.00","share":0.125},
            {"party":"unattributed","deals":1,"amount":"60.00","share":0.3}]},
        {"decision":"led_by","motion":"self_service","parties":[
            {"party":"sales_assisted","deals":1,"amount":"30.00","share":0.15},
            {"party":"self_service","deals":1,"amount":"10.00","share":0.05}]}])"));
    const json record = json::parse(read("run.json"));
    EXPECT_THAT(record["files"].dump(), HasSubstr("\"summary.txt\",\"summary.json\""));
}

TEST_F(RunSummary, SaysNothingOfSharesBesideReversals) {
    data.write("deals.csv", "account_id,id,created_at,closed_at,amount\n"
                            "a,d1,2026-03-01,2026-03-20,100.00\n"
                            "b,d4,2026-03-01,2026-03-20,-200.00\n");
    const Outcome outcome = run();
    EXPECT_THAT(outcome.results, HasSubstr("credit split: 2 deals, USD -100.00\n"));
    EXPECT_THAT(outcome.results,
                HasSubstr("  bought by sales_assisted and self_service   100.00              1\n"))
        << outcome.results;
}

class WithoutSplit : public Run {
protected:
    // Over two accounts, of which `b` has 3 seats.
    Outcome run_with(const std::string& choices) {
        rulebook.write("motion.rules", "motion led_by { owner sales  " + choices + " }\n");
        return run();
    }
};

TEST_F(WithoutSplit, OneMotionForAllIsSaidPlainly) {
    EXPECT_THAT(
        run_with("choose self_service otherwise").results,
        HasSubstr("credit: no deal is split: this rulebook has no credit rule, and led_by is "
                  "self_service for every account\n"));
    EXPECT_EQ(json::parse(read("summary.json"))["no_split"],
              json::parse(R"({"decision":"led_by","motion":"self_service"})"));
}

TEST_F(WithoutSplit, SeveralMotionsAreSaidToo) {
    EXPECT_THAT(
        run_with("choose sales_assisted when seats >= 10  choose self_service otherwise").results,
        HasSubstr("credit: no deal is split: this rulebook has no credit rule, yet led_by differs "
                  "between accounts\n"));
    EXPECT_EQ(json::parse(read("summary.json"))["no_split"]["motion"], json());
}

TEST_F(WithoutSplit, NothingIsSaidWhereNobodyLeads) {
    EXPECT_THAT(run().results, Not(HasSubstr("credit")));
    EXPECT_FALSE(json::parse(read("summary.json")).contains("no_split"));
}

TEST_F(RunSummary, OfOneRuleLeavesTheOthersOut) {
    auto arguments = flags("run");
    arguments.insert(arguments.end(), {"--out", out(), "--only", "design_icp"});
    rulec(arguments);
    EXPECT_EQ(json::parse(read("summary.json"))["credit"], json::array());
}

} // namespace
} // namespace rulec::tool
