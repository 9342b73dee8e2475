// What `rulec run` says of data that cannot be read as they are meant.
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/unit/rulec/run_fixture.hpp"

namespace rulec::tool {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using RunBadData = Run;

TEST_F(RunBadData, AQuoteLeftOpenInALargeFileIsAnErrorWithACode) {
    std::string events = "account_id,at,name\na,2026-03-02,\"demo.requested\n";
    constexpr std::size_t kBeyondTheLimit = std::size_t{17} << 20U;
    while (events.size() < kBeyondTheLimit)
        events += "a,2026-03-03,demo.requested\n";
    data.write("events.csv", events);
    const Outcome outcome = run();
    EXPECT_EQ(outcome.code, ExitCode::Unusable);
    EXPECT_THAT(outcome.messages, HasSubstr("rulec: error[data.too_long]: events.csv, row 1: a "
                                            "quote opens and the record does not end"));
    EXPECT_THAT(outcome.messages, HasSubstr("help: close the quote"));
}

TEST_F(RunBadData, LostRecordsMarkTheirAccountAlsoInChunks) {
    std::string accounts;
    for (int i = 0; i < 20'000; ++i) // more than a batch
        accounts += "{\"id\": \"a" + std::to_string(100'000 + i) +
                    "\", \"signed_up_at\": \"2026-03-01\", \"events\": " +
                    (i % 4'000 == 3'999 ? "5" : "[]") +
                    (i == 3 ? R"(, "evnets": [{"at": "2026-03-02"}])" : "") + "}\n";
    std::filesystem::remove(data.path() / "accounts.csv");
    std::filesystem::remove(data.path() / "events.csv");
    data.write("accounts.ndjson", accounts);
    const Outcome whole = run();
    EXPECT_THAT(whole.results, HasSubstr("events: 5 in = 0 evaluated + 5 rejected"));
    EXPECT_THAT(whole.messages, HasSubstr("accounts: nothing is read from `evnets` in "
                                          "accounts.ndjson, row 4; did you mean `events`?"));
    const std::string written = read("accounts.csv");
    std::size_t incomplete = 0;
    for (std::size_t at = written.find(",true"); at != std::string::npos;
         at = written.find(",true", at + 1))
        ++incomplete;
    EXPECT_EQ(incomplete, 5U);
    const std::string rejects = read("rejects.csv");
    auto arguments = flags("run");
    arguments.insert(arguments.end(), {"--out", out(), "--chunk", "1000"});
    const Outcome chunks = rulec(arguments);
    EXPECT_EQ(chunks.results, whole.results);
    EXPECT_EQ(chunks.messages, whole.messages);
    EXPECT_TRUE(read("accounts.csv") == written);
    EXPECT_EQ(read("rejects.csv"), rejects);
}

// What is written otherwise is pointed to data.toml: once for values that are missing, once for
// records that are rejected.
TEST_F(RunBadData, TellsWhereOtherWritingsAreRead) {
    rulebook.write("deals.rules", R"(
enum stage { open, closed_won }
entity deal of account as deals { stage : stage  before : stage?  amount : money  fee : money? }
)");
    data.write("deals.csv", "account_id,stage,before,amount,fee\n"
                            "a,open,Closed Won,1,\"$1,234.50\"\n"
                            "a,Closed Won,open,2,1\n"
                            "a,open,open,\"$1,234.50\",1\n");
    const Outcome outcome = run();
    const std::string help =
        "     = help: where the data cannot be mended, a query in data.toml (`sql`) can read them "
        "otherwise: `rulec explain-code ";
    EXPECT_THAT(outcome.messages,
                HasSubstr("rulec: note: values of `stage` of deals, `amount` of deals cannot be "
                          "used: their records are rejected\n" +
                          help + "data.unknown_value`\n"));
    const std::string once = help + "data.unusable_values`\n";
    const std::size_t first = outcome.messages.find(once);
    ASSERT_NE(first, std::string::npos) << outcome.messages;
    EXPECT_EQ(outcome.messages.find(once, first + 1), std::string::npos) << outcome.messages;
    EXPECT_THAT(rulec({"explain-code", "data.unknown_value"}).results,
                HasSubstr("case Stage when 'Closed Won' then 'won'"));
    EXPECT_THAT(rulec({"explain-code", "data.unreadable_value"}).results,
                HasSubstr("replace(replace(amount, '$', ''), ',', '') as amount"));
    data.write("deals.csv", "account_id,stage,before,amount,fee\nc,open,open,1,1\n");
    EXPECT_THAT(run().messages, Not(HasSubstr("explain-code")))
        << "an orphan is not written otherwise";
}

TEST_F(RunBadData, TheHistoryMaySayWhatTheAccountsLack) {
    rulebook.write("records.rules", R"(rulebook acme {
  version "3"  timezone "UTC"  currency USD  about account
}
team sales { name "Sales" }
enum plan { free, pro }
entity account {
  id           : text key
  signed_up_at : time origin
  plan         : plan tracked
}
decide paid -> plan { owner sales  choose plan otherwise }
)");
    for (const char* other : {"lists.rules", "fits/fit.rules", "triggers.rules"})
        std::filesystem::remove(rulebook.path() / other);
    std::filesystem::remove(data.path() / "events.csv");
    data.write("accounts.csv", "id,signed_up_at\na,2026-03-01\nb,2026-03-01\n");
    data.write("accounts_history.csv", "id,known_from,plan\na,2026-03-01,free\na,2026-03-05,pro\n"
                                       "b,2026-03-05,Pro\n");
    const Outcome outcome = run();
    EXPECT_EQ(outcome.code, ExitCode::Findings);
    EXPECT_THAT(outcome.messages, HasSubstr("accounts.csv has no column `plan`: `plan` is what "
                                            "`accounts_history` says"));
    EXPECT_THAT(read("accounts.csv"), HasSubstr("\na,pro,"));
    EXPECT_THAT(read("accounts.csv"), Not(HasSubstr("\nb,")));
    EXPECT_THAT(read("rejects.csv"),
                HasSubstr("accounts,accounts.csv,2,plan,,data.missing,\"`plan` is required and "
                          "missing, also in the history\""));
    EXPECT_THAT(read("rejects.csv"),
                HasSubstr("\"`plan` is none of free, pro; did you mean `pro`?\""));
    std::filesystem::remove(data.path() / "accounts_history.csv");
    EXPECT_THAT(run().messages, HasSubstr("accounts.csv has no column 'plan'"));
}

// Results as of an instant hold nothing that became known later, not even a cause.
TEST_F(RunBadData, DealsThatClosedBeforeTheyWereCreatedAreToldOf) {
    rulebook.write("credit.rules", R"(entity deal of account as deals known from created_at {
  id : text key  created_at : time  closed_at : time?  amount : money
}
entity touch of account as touches ordered by at { at : time  channel : text }
credit by_channel {
  owner sales
  for deals  at closed_at  divide amount  among touches  parties channel  split equal
}
)");
    data.write("deals.csv",
               "id,account_id,created_at,closed_at,amount\n"
               "d1,a,2026-03-10,2026-03-20,50\nd2,a,2026-03-20,2026-03-05T10:00:00Z,70\n");
    data.write("touches.csv", "account_id,at,channel\na,2026-03-02,ads\n");
    const std::string warning = "deals: 1 record has a `closed_at` before the `created_at`; the "
                                "first is in deals.csv, row 2";
    for (const char* chunk : {"0", "1"}) {
        auto arguments = flags("run");
        arguments.insert(arguments.end(),
                         {"--out", out(), "--as-of", "2026-03-10", "--chunk", chunk});
        EXPECT_THAT(rulec(arguments).messages, HasSubstr(warning));
        EXPECT_THAT(read("credits.csv") + read("uncredited.csv"), Not(HasSubstr(",d2,")));
    }
    EXPECT_THAT(run().messages, HasSubstr(warning));
    EXPECT_THAT(read("credits.csv"), HasSubstr(",d2,a,ads,1,70.00,"));
}

TEST_F(RunBadData, LeftoversOfKilledRunsGo) {
    const std::string leftover = out() + "/accounts.csv.1f00ba42.rulec-unfinished";
    rulebook.write("out/accounts.csv.1f00ba42.rulec-unfinished", "half");
    rulebook.write("out/notes.txt", "mine");
    EXPECT_EQ(run().code, ExitCode::Fine);
    EXPECT_FALSE(std::filesystem::exists(leftover));
    EXPECT_EQ(read("notes.txt"), "mine");
}

TEST_F(RunBadData, NamesWithCommasAreNotOneRule) {
    auto arguments = flags("run");
    arguments.insert(arguments.end(), {"--out", out(), "--only", "demo,design_icp"});
    const Outcome outcome = rulec(arguments);
    EXPECT_EQ(outcome.code, ExitCode::Unusable);
    EXPECT_THAT(outcome.messages,
                HasSubstr("each name has a flag of its own: `--only a --only b`"));
}

} // namespace
} // namespace rulec::tool
