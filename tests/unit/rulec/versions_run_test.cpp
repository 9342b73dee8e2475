// A run across the boundary between two versions of each kind of rule, with some days between them
// on which none is in force. What the versions mean is in tests/corpus/versions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/rulec/rulec_run.hpp"
#include "tests/unit/rulec/temporary_folder.hpp"
#include "tools/rulec/read_file.hpp"

namespace rulec::tool {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kWrittenRules = R"(rulebook acme {
  version "3"  timezone "UTC"  currency USD  about account
}
team sales { name "Sales"  reviewers "@acme/sales" }
enum who { rep, nobody }
entity account { id : text key  signed_up_at : time origin  seats : int fixed }
entity event of account as events ordered by at { at : time  name : text }
entity deal of account as deals known from created_at {
  id : text key  created_at : time  closed_at : time? known from closed_at  amount : money fixed
}
entity touch of account as touches ordered by at { at : time  channel : text }

define large from 2026-01-01 until 2026-06-24 = seats >= 10
define large from 2026-07-01 = seats >= 3
fit size from 2026-01-01 until 2026-06-24 {
  owner sales  points 10 when large  score 0 to 100  tier A from 10, B otherwise
}
fit size from 2026-07-01 {
  owner sales  points 40 when large  score 0 to 100  tier A from 40, B otherwise
}
decide lead -> who from 2026-01-01 until 2026-06-24 {
  owner sales  choose rep when size.tier is A  choose nobody otherwise
}
decide lead -> who from 2026-07-01 { owner sales  choose nobody otherwise }
table offer -> (discount: percent) from 2026-07-01 {
  owner sales
  hit first
  | lead      || discount |
  | rep       || 20%      |
  | otherwise || 5%       |
}
signal asked = events where name is "asked"
trigger call from 2026-01-01 until 2026-06-24 {
  owner sales  on asked  cooldown 1 day  say "early {size.score}"
}
trigger call from 2026-07-01 { owner sales  on asked  cooldown 1 day  say "late {size.score}" }
credit split from 2026-01-01 until 2026-06-24 {
  owner sales  for deals where closed_at is known  at closed_at  divide amount
  among touches in 90 days before closed_at  parties channel  split first
}
credit split from 2026-07-01 {
  owner sales  for deals where closed_at is known  at closed_at  divide amount
  among touches in 90 days before closed_at  parties channel  split last
}
)";

class VersionsRun : public ::testing::Test {
protected:
    VersionsRun() {
        folder.write("rules/acme.rules", kWrittenRules);
        folder.write("data/accounts.csv", "id,signed_up_at,seats\na,2025-06-01,12\n"
                                          "b,2025-06-01,3\n");
        folder.write("data/events.csv", "account_id,at,name\na,2026-06-10,asked\n"
                                        "a,2026-06-26,asked\na,2026-07-10,asked\n");
        folder.write("data/deals.csv", "account_id,id,created_at,closed_at,amount\n"
                                       "a,d1,2026-06-01,2026-06-10T09:00:00Z,10.00\n"
                                       "a,d2,2026-06-01,2026-06-26T09:00:00Z,20.00\n"
                                       "a,d3,2026-06-01,2026-07-10T09:00:00Z,30.00\n");
        folder.write("data/touches.csv", "account_id,at,channel\na,2026-06-05,ads\n"
                                         "a,2026-06-06,call\n");
        outcome = rulec({"run", path("rules"), "--data", path("data"), "--out", path("out"),
                         "--as-of", "2026-06-23,2026-06-30,2026-07-15"});
    }
    std::string path(const std::string& name) const { return folder.name() + "/" + name; }
    std::string read(const std::string& name) const {
        return read_file(path("out/" + name), 100'000).value_or("(none)");
    }

    TemporaryFolder folder;
    Outcome outcome;
};

TEST_F(VersionsRun, FitsDecisionsAndTablesAreThoseOfTheInstant) {
    ASSERT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
    EXPECT_THAT(read("2026-06-23/accounts.csv"), HasSubstr("\na,10.00,A,1,0,rep,1,false,\n"
                                                           "b,0.00,B,,0,nobody,2,false,\n"));
    EXPECT_THAT(read("2026-06-30/accounts.csv"), HasSubstr("\na,,,,,,,false,\nb,,,,,,,false,\n"))
        << "none is in force";
    EXPECT_THAT(read("2026-07-15/accounts.csv"), HasSubstr("\na,40.00,A,1,0,nobody,1,false,\n"
                                                           "b,40.00,A,1,0,nobody,1,false,\n"));
    EXPECT_EQ(read("2026-06-23/tables.csv"), "account,table,outputs,row,hindsight\n");
    EXPECT_EQ(read("2026-06-30/tables.csv"), "account,table,outputs,row,hindsight\n");
    EXPECT_THAT(read("2026-07-15/tables.csv"),
                HasSubstr("b,offer,\"{\"\"discount\"\":\"\"0.05\"\"}\",2,\n"));
}

TEST_F(VersionsRun, FiringsBearTheVersionOfTheirOwnInstant) {
    const std::string firings = read("2026-07-15/firings.csv");
    EXPECT_THAT(firings, HasSubstr("2026-06-10T00:00:00Z,129ba0501504a863d48897304e654b94,fired,,"
                                   "early 10,,3 from 2026-01-01T00:00:00Z\n"));
    EXPECT_THAT(firings, HasSubstr("fired,,late 40,,3 from 2026-07-01T00:00:00Z\n"));
    EXPECT_THAT(firings, Not(HasSubstr(",2026-06-26T00:00:00Z,")));
}

TEST_F(VersionsRun, CreditIsThatOfTheCloseAndEveryDealIsAccountedFor) {
    const std::string credits = read("2026-07-15/credits.csv");
    EXPECT_THAT(credits, HasSubstr("split,d1,a,ads,1,10.00,USD,first,,3 from 2026-01-01"));
    EXPECT_THAT(credits, HasSubstr("split,d3,a,call,1,30.00,USD,last,,3 from 2026-07-01"));
    EXPECT_THAT(read("2026-07-15/uncredited.csv"),
                HasSubstr("split,d2,a,20.00,USD,no version of the rule was in force then\n"));
    EXPECT_THAT(read("2026-06-30/uncredited.csv"), HasSubstr("split,d2,a,20.00"));
    EXPECT_THAT(read("2026-06-23/uncredited.csv"), Not(HasSubstr("d2"))) << "not closed yet";
}

} // namespace
} // namespace rulec::tool
