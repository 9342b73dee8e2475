// explain: deals and their credit, by key.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/rulec/run_fixture.hpp"

namespace rulec::tool {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Explain : public Run {
protected:
    Explain() {
        rulebook.write("deals.rules", R"(
entity deal of account as deals known from created_at {
  id : text key  created_at : time  closed_at : time? known from closed_at  amount : money
}
entity touch of account as touches ordered by at { at : time  channel : text }
credit by_channel {
  owner sales
  for deals where closed_at is known  at closed_at  divide amount
  among touches in 90 days before closed_at
  parties channel
  split equal otherwise
}
)");
        data.write("deals.csv", "account_id,id,created_at,closed_at,amount\n"
                                "a,d1,2026-03-01,2026-03-20,100.00\n"
                                "a,d2,2026-03-01,2026-03-21,50.00\n");
        data.write("touches.csv", "account_id,at,channel\na,2026-03-05,ads\n");
    }
    Outcome explain(const std::vector<std::string>& more) const {
        auto arguments = flags("explain");
        arguments.insert(arguments.end(), more.begin(), more.end());
        return rulec(arguments);
    }
};

TEST_F(Explain, SumsOfARunAreExact) {
    std::string deals = "account_id,id,created_at,closed_at,amount\n";
    for (int i = 0; i < 5; ++i)
        deals += "a,d" + std::to_string(i) + ",2026-03-01,2026-03-20,92233720368547758.07\n";
    data.write("deals.csv", deals);
    EXPECT_THAT(run().results,
                HasSubstr("credit by_channel: 5 deals, USD 461,168,601,842,738,790.35\n"));
    auto arguments = flags("run");
    arguments.insert(arguments.end(), {"--out", out(), "--only", "design_icp"});
    EXPECT_THAT(rulec(arguments).results, Not(HasSubstr("credit")));
    data.write("deals.csv", "account_id,id,created_at,closed_at,amount\n");
    EXPECT_THAT(run().results, HasSubstr("credit by_channel: no deals\n"));
}

// What is asked of the deal is called as the deal calls it, also where an aggregate asks the same.
TEST_F(Explain, WhatADealIsAsked) {
    rulebook.write("sums.rules", "decide all_won -> money { owner sales\n"
                                 "  choose sum(deals.amount where closed_at is known) otherwise }\n"
                                 "credit of_large {\n"
                                 "  owner sales  for deals where closed_at is known  at closed_at\n"
                                 "  divide amount  among touches  parties channel\n"
                                 "  split first when amount < $10  split equal otherwise\n"
                                 "}\n");
    const Outcome one = explain({"--deal", "d2"});
    EXPECT_EQ(one.code, ExitCode::Fine) << one.messages;
    EXPECT_THAT(one.results, HasSubstr("split first when amount < $10\n"));
    EXPECT_THAT(one.results, HasSubstr("  amount = $50.00\n"));
    EXPECT_THAT(one.results, Not(HasSubstr("known = $50.00\n")));
}

TEST_F(Explain, OneDeal) {
    const Outcome one = explain({"--deal", "d2"});
    EXPECT_EQ(one.code, ExitCode::Fine) << one.messages;
    EXPECT_THAT(one.results, HasSubstr("deal d2"));
    EXPECT_THAT(one.results, Not(HasSubstr("deal d1")));
    EXPECT_THAT(one.results, Not(HasSubstr("design_icp")));
    EXPECT_THAT(explain({"--account", "a"}).results, HasSubstr("deal d1"));
}

TEST_F(Explain, SaysWhatIsNotThere) {
    EXPECT_THAT(explain({}).messages, HasSubstr("say `--account KEY` or `--deal KEY`"));
    EXPECT_THAT(explain({"--deal", "d9"}).messages, HasSubstr("there is no deal `d9`"));
    EXPECT_THAT(explain({"--deal", "d1", "--account", "b"}).messages,
                HasSubstr("deal `d1` belongs to `a`"));
    EXPECT_THAT(explain({"--account", "a", "--rule", "design_ipc"}).messages,
                HasSubstr("did you mean `design_icp`?"));
}

TEST_F(Explain, SaysWhyAPartyHasADealThatNoSplitDivided) {
    data.write("touches.csv", "account_id,at,channel\n");
    EXPECT_THAT(explain({"--deal", "d1"}).results,
                HasSubstr("no touch was taken, and no `without touches` says whose it is"));
}

TEST_F(Explain, SaysWhyASplitWithoutConditionPassed) {
    const auto rules = read_file(rulebook.name() + "/deals.rules", 10'000).value();
    const std::string split = "split equal otherwise";
    rulebook.write("deals.rules",
                   std::string(rules).replace(rules.find(split), split.size(),
                                              "split markov(\"none.json\")\n  split equal"));
    EXPECT_THAT(explain({"--deal", "d1"}).results,
                HasSubstr("                     split markov(\"none.json\")\n"
                          "                       passed: its file of weights is missing\n"
                          "            =>       split equal\n"));
    EXPECT_THAT(run().results, HasSubstr("credit by_channel: 2 deals"));
}

// Asked for by name, a deal that the rule leaves alone is told with the reason.
TEST_F(Explain, SaysWhyARuleLeavesADealAlone) {
    rulebook.write("deals.rules", R"(
entity deal of account as deals known from created_at {
  id : text key  created_at : time  closed_at : time? known from closed_at
  status : enum { open, won, lost } known from closed_at, open before  starts_on : time?  amount : money
}
entity touch of account as touches ordered by at { at : time  channel : text }
credit won_deals {
  owner sales  for deals where status is won and amount > $10  at closed_at  divide amount
  among touches  parties channel  split equal
}
credit by_start {
  owner sales  for deals  at starts_on  divide amount  among touches  parties channel  split equal
}
)");
    data.write("deals.csv", "account_id,id,created_at,closed_at,status,starts_on,amount\n"
                            "a,d1,2026-03-01,2026-03-20,lost,2026-04-01,5.00\n"
                            "a,d2,2026-03-01,,open,,50.00\n"
                            "a,d3,2026-03-10,2026-03-21,won,,50.00\n");
    const auto told = [&](const std::string& deal, const std::string& rule,
                          const std::string& as_of) {
        const Outcome outcome = explain({"--deal", deal, "--rule", rule, "--as-of", as_of});
        EXPECT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
        return outcome.results.substr(outcome.results.find('\n') + 1);
    };
    EXPECT_EQ(
        told("d1", "won_deals", "2026-03-25"),
        R"(            false    deal d1, neither credited nor listed: the rule's `for` is false of it
                       status = lost
                       amount = $5.00
                       status is lost; needs won
                       amount is $5.00; needs more than $10.00: $5.00 more
)");
    EXPECT_THAT(told("d2", "won_deals", "2026-03-25"), HasSubstr("status is open; needs won"));
    EXPECT_THAT(told("d3", "won_deals", "2026-03-20"), HasSubstr("status is open; needs won"));
    EXPECT_EQ(told("d3", "won_deals", "2026-03-09"),
              "                     deal d3, neither credited nor listed: it is known only from "
              "its `created_at`, 2026-03-10T00:00:00Z\n");
    EXPECT_THAT(told("d1", "by_start", "2026-03-25"),
                HasSubstr("neither credited nor listed: it is credited only at "
                          "2026-04-01T00:00:00Z, `starts_on`"));
    // What is credited or listed is told as ever.
    EXPECT_THAT(told("d3", "won_deals", "2026-03-25"), HasSubstr("deal d3, credited at"));
    EXPECT_THAT(told("d2", "by_start", "2026-03-25"), HasSubstr("deal d2, not credited: when"));
    EXPECT_THAT(explain({"--deal", "d1", "--rule", "design_icp"}).messages,
                HasSubstr("`--deal` is about credit rules, and `--rule` names none"));
}

TEST_F(Explain, SaysThatAnAccountIsNotThereYet) {
    const Outcome before = explain({"--account", "a", "--as-of", "2026-02-28"});
    EXPECT_EQ(before.code, ExitCode::Fine);
    EXPECT_THAT(before.messages, HasSubstr("note: account a is not there yet at that instant, only "
                                           "from 2026-03-01T00:00:00Z"));
    const Outcome since = explain({"--account", "a", "--as-of", "2026-03-01"});
    EXPECT_THAT(since.messages, Not(HasSubstr("not there yet")));
}

} // namespace
} // namespace rulec::tool
