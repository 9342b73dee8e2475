// run: what is told beside the results of good and of bad data.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/rulec/run_fixture.hpp"

namespace rulec::tool {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(Run, SaysNothingOfGoodData) {
    const Outcome outcome = run();
    EXPECT_EQ(outcome.code, ExitCode::Fine);
    EXPECT_EQ(outcome.messages, "");
}

TEST_F(Run, WritesResultsInOtherFormats) {
    ASSERT_EQ(run().code, ExitCode::Fine);
    const auto run_as = [&](const std::string& format) {
        auto arguments = flags("run");
        arguments.insert(arguments.end(), {"--out", out(), "--out-format", format});
        return rulec(arguments);
    };
    EXPECT_EQ(run_as("ndjson").code, ExitCode::Fine);
    EXPECT_THAT(read("accounts.ndjson"), ::testing::StartsWith("{\"account\":\"a\","));
    EXPECT_EQ(run_as("parquet").code, ExitCode::Fine);
    EXPECT_THAT(read("accounts.parquet"), ::testing::StartsWith("PAR1"));
    EXPECT_EQ(run_as("arrow").code, ExitCode::Fine);
    EXPECT_THAT(read("accounts.arrow"), ::testing::StartsWith("ARROW1"));
    const Outcome other = run_as("orc");
    EXPECT_EQ(other.code, ExitCode::Unusable);
    EXPECT_THAT(other.messages, HasSubstr("`orc` is none of csv|ndjson|parquet|arrow"));
}

TEST_F(Run, NamesFilesThatNothingIsReadFrom) {
    data.write("event.csv", "account_id,at,name\n");
    data.write("notes.txt", "by hand\n");
    data.write("readme.md", "by hand\n");
    std::filesystem::remove(data.path() / "events.csv");
    const Outcome outcome = run();
    EXPECT_THAT(outcome.messages,
                HasSubstr("warning[data.absent_table]: the data has no `events`, which `"));
    EXPECT_THAT(outcome.messages,
                HasSubstr("nothing is read from `event.csv`; is it meant to be `events`?\n"));
    EXPECT_THAT(outcome.messages, HasSubstr("nothing is read from `notes.txt`\n"));
    EXPECT_THAT(outcome.messages, Not(HasSubstr("readme.md")));
    data.write("data.toml", "ignore = [\"notes.txt\"]\n");
    const Outcome without_notes = run();
    EXPECT_THAT(without_notes.messages, Not(HasSubstr("notes.txt")));
    EXPECT_THAT(without_notes.messages, HasSubstr("`event.csv`"));
}

TEST_F(Run, CountsValuesThatCannotBeUsed) {
    data.write("accounts.csv", "id,signed_up_at,seats,email\n"
                               "a,2026-03-01,14,x\nb,2026-03-01,\"1,500\",\n"
                               "c,2026-03-01,many,\nd,2026-03-01,5000,\n");
    const Outcome outcome = run();
    EXPECT_EQ(outcome.code, ExitCode::Fine) << "they count as missing, which is legal";
    EXPECT_THAT(outcome.messages, HasSubstr("accounts: 2 values of `seats` cannot be used"));
    EXPECT_THAT(outcome.messages, HasSubstr("the first is `1,500` in accounts.csv, row 2"));
    EXPECT_THAT(outcome.messages, HasSubstr("accounts: 1 value of `seats` cannot be used"));
    EXPECT_THAT(outcome.messages, HasSubstr("`5000` in accounts.csv, row 4"));
    EXPECT_THAT(read("run.json"), HasSubstr("\"example\": \"1,500\""));
}

TEST_F(Run, AnEmptyCellIsMissingWhateverElseIs) {
    data.write("data.toml", "[accounts]\nnull = [\"-\"]\n");
    data.write("accounts.csv", "id,signed_up_at,seats,email\na,2026-03-01,-,\nb,2026-03-01,,-\n");
    const Outcome outcome = run();
    EXPECT_EQ(outcome.code, ExitCode::Fine);
    EXPECT_EQ(outcome.messages, "");
    EXPECT_THAT(read("run.json"), HasSubstr("\"field\": \"email\",\n        \"cause\": "
                                            "\"missing in the data\",\n        \"rows\": 2"));
}

TEST_F(Run, WarnsOfRecordsLaterThanTheData) {
    data.write("data.toml", "taken_at = \"2026-04-01\"\n");
    EXPECT_EQ(run().messages, "");
    data.write("events.csv", "account_id,at,name\na,2027-03-02,demo.requested\n");
    EXPECT_THAT(run().messages,
                HasSubstr("the data was taken at 2026-04-01T00:00:00Z, but has "
                          "records as late as 2027-03-02T00:00:00Z (events: `at` in "
                          "events.csv, row 1), and is evaluated"));
}

TEST_F(Run, AnEmptyFlagIsAMistakeOfTheCaller) {
    const auto refused = [](const std::vector<std::string>& arguments) {
        const Outcome outcome = rulec(arguments);
        EXPECT_EQ(outcome.code, ExitCode::Unusable);
        return outcome.messages;
    };
    EXPECT_THAT(refused({"run", rulebook.name(), "--data", data.name(), "--out", ""}),
                HasSubstr("--out: it is empty; say DIR"));
    EXPECT_THAT(refused({"run", rulebook.name(), "--data", ""}),
                HasSubstr("--data: it is empty; say DATA"));
    EXPECT_THAT(refused({"run", "", "--data", data.name()}), HasSubstr("it is empty; say DIR"));
    EXPECT_THAT(refused({"check", ""}), HasSubstr("it is empty; say DIR"));
    EXPECT_THAT(refused({"run", rulebook.name(), "--data", data.name(), "--as-of", ""}),
                HasSubstr("--as-of: it is empty; say T"));
}

TEST_F(Run, BadRecordsOfTriggersAreCountedOrRefused) {
    rulebook.write("records.rules", R"(rulebook acme {
  version "3"  timezone "UTC"  currency USD  about account
}
team marketing { name "Marketing" }
team sales     { name "Sales" }
entity account { id : text key  signed_up_at : time origin  seats : int? tracked  email : text? }
entity event of account as events ordered by at { id : text key  at : time  name : text }
)");
    const std::string head = "account_id,id,at,name\n";
    const std::string good = "a,e1,2026-03-02,demo.requested\na,e2,2026-03-20,demo.requested\n";
    const std::string bad = "a,e3,,demo.requested\n"                      // no time
                            "a,e4,soon,demo.requested\n"                  // none that can be read
                            "a,e5,12026-03-02,demo.requested\n"           // beyond the calendar
                            "nobody,e6,2026-03-02,demo.requested\n"       // an unknown account
                            "a,e7,2026-03-03,demo.requested\n"            // one key, two contents:
                            "a,e7,2026-03-04,demo.requested\n"            // neither counts
                            "a,e1,2026-03-02,demo.requested\n"            // said twice
                            "a,e8,2999-01-01T00:00:00Z,demo.requested\n"; // not seen by then
    const auto as_of = [this](const std::string& written) {
        auto arguments = flags("run");
        arguments.insert(arguments.end(), {"--out", out(), "--as-of", written, "--lenient"});
        return rulec(arguments);
    };
    data.write("accounts_history.csv", "id,known_from,seats\na,2026-03-01,3\na,2026-03-10,12\n");
    data.write("events.csv", head + good);
    as_of("2026-03-21");
    const std::string firings = read("firings.csv");
    const std::string accounts = read("accounts.csv");
    EXPECT_THAT(firings, HasSubstr(",demo,a,2026-03-20"));
    data.write("events.csv", head + bad + good);
    // Rows of a history may stand in any order.
    data.write("accounts_history.csv", "id,known_from,seats\na,2026-03-10,12\na,2026-03-01,3\n");
    const Outcome outcome = as_of("2026-03-21");
    EXPECT_THAT(outcome.results,
                HasSubstr("events: 10 in = 3 evaluated + 6 rejected + 1 duplicate (1 orphan)\n"));
    EXPECT_EQ(read("firings.csv"), firings);
    const std::string rejects = read("rejects.csv");
    for (const char* row :
         {",1,at,", ",2,at,soon,", ",3,at,12026-03-02,", ",4,account_id,nobody,", ",5,", ",6,"})
        EXPECT_THAT(rejects, HasSubstr(std::string("events,events.csv") + row)) << row;
    EXPECT_EQ(std::ranges::count(rejects, '\n'), 7) << rejects;
    EXPECT_EQ(accounts.substr(0, accounts.find('\n')),
              read("accounts.csv").substr(0, accounts.find('\n')));
    EXPECT_THAT(read("accounts.csv"), HasSubstr("\na,30.00,A,1,0,true,"))
        << "the same but incomplete";
}

} // namespace
} // namespace rulec::tool
