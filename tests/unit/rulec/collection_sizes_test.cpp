// Collections of all sizes: none, a million records of one account, and that account among ten
// thousand small ones. A step that looked at all records for each of them would not end in the time
// that ctest gives a test.
#include <array>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/rulec/rulec_run.hpp"
#include "tests/unit/rulec/temporary_folder.hpp"
#include "tools/rulec/read_file.hpp"

namespace rulec::tool {
namespace {

using ::testing::HasSubstr;

constexpr int kEvents = 990'000; // of the one large account: 99% of all
constexpr int kSmall = 10'000;   // accounts with one event each
constexpr int kTouches = 50'000;
constexpr std::size_t kMostBytes = std::size_t{1} << 28U;

constexpr const char* kRules = R"(rulebook sizes {
  version "1"  timezone "UTC"  currency USD  about account
}
team sales { name "Sales"  reviewers "@acme/sales" }
entity account { id : text key  signed_up_at : time origin }
entity event of account as events ordered by at { at : time  name : text  units : int }
entity touch of account as touches ordered by at { at : time  channel : text }
entity deal of account as deals known from created_at {
  id : text key  created_at : time  closed_at : time known from closed_at  amount : money fixed
}
decide all_events -> int { owner sales  choose count(events) otherwise }
decide third_kind -> int { owner sales  choose count(events where name is "k2") otherwise }
decide total -> int { owner sales  choose sum(events.units) otherwise }
decide kinds -> int { owner sales  choose distinct(events.name) otherwise }
decide greatest -> int? { owner sales  choose max(events.units) otherwise }
decide newest -> text? { owner sales  choose last(events.name) otherwise }
decide last_minute -> int { owner sales  choose count(events in last 1 minute) otherwise }
decide all_good -> bool { owner sales  choose every(events have units >= 0) otherwise }
fit warmth {
  owner sales
  points 1 for each of events where name is "k1" halving every 1 hour at most 50 points
  points 1 for each of events in last 2 minutes at most 100 points
  score 0 to 100
}
signal k0 = events where name is "k0"
signal k1 = events where name is "k1"
trigger rush { owner sales  on k0 and k1 within 1 minute  cooldown 1 minute  say "rush" }
trigger pair { owner sales  on k0 then k1 within 1 minute  cooldown 100_000 days  say "pair" }
credit split {
  owner sales  for deals where closed_at is known  at closed_at  divide amount
  among touches in 90 days before closed_at  parties channel  split equal
}
)";

// The event of number i: second i of the year, one of five kinds.
std::string event(const std::string& account, int i) {
    const std::array<int, 4> parts = {i / 86'400 + 1, i / 3'600 % 24, i / 60 % 60, i % 60};
    std::array<char, 32> time{};
    std::snprintf(time.data(), time.size(), "2026-01-%02dT%02d:%02d:%02dZ", parts[0], parts[1],
                  parts[2], parts[3]);
    return account + "," + time.data() + ",k" + std::to_string(i % 5) + "," +
           std::to_string(i % 1'000) + "\n";
}

class CollectionSizes : public ::testing::Test {
protected:
    CollectionSizes() { folder.write("rules/sizes.rules", kRules); }
    Outcome run(const std::string& out, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments = {"run",   path("rules"), "--data",  path("data"),
                                              "--out", path(out),     "--as-of", "2026-02-01"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return rulec(arguments);
    }
    std::string path(const std::string& name) const { return folder.name() + "/" + name; }
    std::string read(const std::string& name) const {
        return read_file(path(name), kMostBytes).value_or("(none)");
    }

    TemporaryFolder folder;
};

TEST_F(CollectionSizes, None) {
    folder.write("data/accounts.csv", "id,signed_up_at\na,2026-01-01\n");
    folder.write("data/events.csv", "account_id,at,name,units\n");
    folder.write("data/touches.csv", "account_id,at,channel\n");
    folder.write("data/deals.csv", "account_id,id,created_at,closed_at,amount\n");
    const Outcome outcome = run("out");
    ASSERT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
    EXPECT_THAT(read("out/accounts.csv"),
                HasSubstr("\na,0.00,,,0,0,1,true,1,,1,0,1,0,1,,1,0,1,0,1,false"))
        << "count, sum and distinct of nothing are 0, the greatest and the last are unknown, every "
           "is true";
    EXPECT_EQ(read("out/credits.csv").find('\n'), read("out/credits.csv").size() - 1);
    folder.write("data/accounts.csv", "id,signed_up_at\n");
    EXPECT_EQ(run("out").code, ExitCode::Fine);
    EXPECT_EQ(read("out/accounts.csv").find('\n'), read("out/accounts.csv").size() - 1);
}

TEST_F(CollectionSizes, AMillionOfOneAccountAmongManySmallOnes) {
    std::string accounts = "id,signed_up_at\n";
    std::string events = "account_id,at,name,units\n";
    for (int i = 0; i < kSmall; ++i) {
        const std::string key = "s" + std::to_string(10'000 + i);
        if (i == kSmall / 2) {
            accounts += key + "_large,2026-01-01\n";
            for (int number = 0; number < kEvents; ++number)
                events += event(key + "_large", number);
        }
        accounts += key + "x,2026-01-01\n";
        events += event(key + "x", i);
    }
    const std::string large = "s" + std::to_string(10'000 + kSmall / 2) + "_large";
    std::string touches = "account_id,at,channel\n";
    for (int i = 0; i < kTouches; ++i)
        touches += large + ",2026-01-10,c" + std::to_string(i % 7) + "\n";
    folder.write("data/accounts.csv", accounts);
    folder.write("data/events.csv", events);
    folder.write("data/touches.csv", touches);
    folder.write("data/deals.csv", "account_id,id,created_at,closed_at,amount\n" + large +
                                       ",d1,2026-01-02,2026-01-20T00:00:00Z,1000.00\n");
    const Outcome outcome = run("whole");
    ASSERT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
    EXPECT_THAT(outcome.results, HasSubstr("events: 1000000 in = 1000000 evaluated + 0 rejected"));
    const std::string results = read("whole/accounts.csv");
    // 990,000 events: 198,000 of each kind, 990 times the sum of 0 to 999; the last is second
    // 989,999 of the year, long before the last minute and half-lives before February.
    EXPECT_THAT(results.substr(results.find(large), 200),
                HasSubstr(large + ",0.00,,1,0,990000,1,true,1,999,1,5,1,0,1,k4,1,198000,1,"
                                  "494505000,1,false,\n"));
    EXPECT_THAT(results.substr(results.find("s10002x"), 100),
                HasSubstr("s10002x,0.00,,,0,1,1,true,1,2,1,1,1,0,1,k2,1,1,1,2,1,false,\n"));
    EXPECT_THAT(read("whole/firings.csv"), HasSubstr("rush," + large + ",2026-01-01T00:00:01Z"));
    EXPECT_THAT(outcome.results, HasSubstr("trigger pair: 1 fired"));
    // 50,000 touches of 7 channels: 7,143 of the first six, 7,142 of the last.
    const std::string credits = read("whole/credits.csv");
    EXPECT_THAT(credits, HasSubstr("split,d1," + large + ",c0,0.14286,142.86,USD,equal,"));
    EXPECT_THAT(credits, HasSubstr("split,d1," + large + ",c6,0.14284,142.84,USD,equal,"));

    const Outcome chunks = run("chunks", {"--chunk", "100", "--threads", "2"});
    EXPECT_EQ(chunks.messages, outcome.messages);
    for (const char* name : {"accounts.csv", "firings.csv", "credits.csv"})
        EXPECT_TRUE(read("chunks/" + std::string(name)) == read("whole/" + std::string(name)))
            << name;
}

} // namespace
} // namespace rulec::tool
