// run: as of which instant, and what is told of the past.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/rulec/run_fixture.hpp"

namespace rulec::tool {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(Run, AsOfIsReadAsTimesOfDataAre) {
    const auto as_of = [this](const std::string& written) {
        auto arguments = flags("run");
        arguments.insert(arguments.end(), {"--out", out(), "--as-of", written});
        return rulec(arguments);
    };
    EXPECT_THAT(as_of("2026-06-30T09:00").results, HasSubstr("as of 2026-06-30T09:00:00Z"));
    EXPECT_THAT(as_of("2026-06-30T09:00:00.000001000+01:00").results,
                HasSubstr("as of 2026-06-30T08:00:00.000001Z"));
    EXPECT_THAT(as_of("2026-06-30T09:00:00.0000001Z").messages,
                HasSubstr("it is finer than a microsecond"));
}

TEST_F(Run, WhoIsNotThereYetIsCountedApart) {
    data.write("accounts.csv", "id,signed_up_at,seats,email\n"
                               "a,2026-03-01,14,\nb,2026-03-05,3,\nc,,20,\nd,2026-03-10,20,\n"
                               "b,2026-03-05,3,\n");
    // d asks before it signs up, and anew afterwards.
    data.write("events.csv", "account_id,at,name\na,2026-03-02,demo.requested\n"
                             "d,2026-03-01,demo.requested\nd,2026-03-11,demo.requested\n");
    const auto as_of = [this](const std::string& written) {
        auto arguments = flags("run");
        arguments.insert(arguments.end(), {"--out", out(), "--as-of", written, "--lenient"});
        return rulec(arguments).results;
    };
    EXPECT_THAT(as_of("2026-03-05"),
                HasSubstr("accounts: 5 in = 2 evaluated + 1 rejected + 1 duplicate + 1 not yet "
                          "there\n"));
    EXPECT_THAT(read("accounts.csv"), HasSubstr("\na,30.00,A,1,1,"));
    EXPECT_THAT(read("accounts.csv"), HasSubstr("\nb,")) << "at its origin it is there";
    EXPECT_THAT(read("accounts.csv"), Not(HasSubstr("\nd,")));
    EXPECT_THAT(read("run.json"), HasSubstr("\"evaluated\": 2,"));
    EXPECT_THAT(read("run.json"), HasSubstr("\"not_yet\": 1"));
    EXPECT_THAT(read("firings.csv"), Not(HasSubstr(",demo,d,")));
    EXPECT_THAT(as_of("2026-04-01"), HasSubstr("5 in = 3 evaluated + 1 rejected + 1 duplicate\n"));
    EXPECT_THAT(read("firings.csv"), Not(HasSubstr(",demo,d,2026-03-01")))
        << "what did not fire then does not fire afterwards";
    EXPECT_THAT(read("firings.csv"), HasSubstr(",demo,d,2026-03-11"));
    EXPECT_THAT(as_of("2026-04-01"), HasSubstr("1 before the account's origin\n"));
}

TEST_F(Run, HindsightIsTold) {
    const auto as_of = [this](const std::string& written) {
        auto arguments = flags("run");
        arguments.insert(arguments.end(), {"--out", out(), "--as-of", written});
        rulec(arguments);
        return read("accounts.csv");
    };
    data.write("data.toml", "taken_at = \"2026-04-01\"\n");
    EXPECT_THAT(as_of("2026-03-05"),
                HasSubstr("incomplete,hindsight\na,30.00,A,1,0,false,email seats\n"));
    EXPECT_THAT(as_of("2026-04-01"), HasSubstr("\na,30.00,A,1,0,false,\n"));
    EXPECT_THAT(as_of("latest"), HasSubstr("\na,30.00,A,1,0,false,\n"));
}

TEST_F(Run, SaysWhichInstantADateMeans) {
    rulebook.write("records.rules", R"(rulebook acme {
  version "3"  timezone "America/New_York"  currency USD  about account
}
team marketing { name "Marketing" }
team sales     { name "Sales" }
entity account { id : text key  signed_up_at : time origin  seats : int?  email : text? }
entity event of account as events ordered by at { at : time  name : text }
)");
    const auto as_of = [this](const std::string& written) {
        auto arguments = flags("run");
        arguments.insert(arguments.end(), {"--out", out(), "--as-of", written});
        return rulec(arguments);
    };
    EXPECT_THAT(as_of("2026-05-31").results,
                HasSubstr("as of 2026-05-31T04:00:00Z, the first instant of 2026-05-31 in "
                          "America/New_York\n"));
    EXPECT_THAT(as_of("2026-05-31T04:00Z").results, HasSubstr("as of 2026-05-31T04:00:00Z\n"));
    EXPECT_THAT(as_of("2026-05-31").messages,
                HasSubstr("note: the newest record is of 2026-03-02T05:00:00Z: nothing is known of "
                          "the time from then to 2026-05-31T04:00:00Z\n"));
    EXPECT_EQ(as_of("2026-03-02").messages, "");
    data.write("data.toml", "taken_at = \"2026-04-01\"\n");
    EXPECT_THAT(as_of("2026-05-31").messages,
                HasSubstr("warning[data.later_instant]: the data was taken at "
                          "2026-04-01T04:00:00Z: what changed from "
                          "then to 2026-05-31T04:00:00Z is not in it\n"));
    EXPECT_EQ(as_of("2026-03-31").messages, "");
}

// run.json says what the console says: of values, of dates, and of each instant its own.
TEST_F(Run, WarningsOfValuesAndDatesAreKept) {
    rulebook.write("deals.rules", R"(
entity deal of account as deals known from created_at {
  id : text key  created_at : time  closed_at : time?  amount : money
}
entity touch of account as touches ordered by at { at : time  channel : text }
credit by_channel {
  owner sales  for deals where closed_at is known  at closed_at  divide amount
  among touches  parties channel  split equal
}
)");
    data.write("accounts.csv", "id,signed_up_at,seats,email\na,2026-03-01,many,\n");
    data.write("deals.csv", "account_id,id,created_at,closed_at,amount\n"
                            "a,d1,2026-03-05,2026-03-04,100.00\n");
    data.write("touches.csv", "account_id,at,channel\na,2026-03-01,ads\n");
    data.write("spare.csv", "x\n1\n");
    data.write("data.toml", "taken_at = \"2026-03-20\"\n");
    auto arguments = flags("run");
    arguments.insert(arguments.end(), {"--out", out(), "--as-of", "2026-03-20,2026-04-20"});
    Outcome outcome = rulec(arguments);
    const auto codes = [&](const std::string& folder) {
        std::vector<std::string> codes;
        const auto record = nlohmann::json::parse(read(folder + "/run.json"));
        for (const auto& warning : record["warnings"]) {
            codes.push_back(warning["code"]);
            EXPECT_THAT(outcome.messages, HasSubstr("warning[" + codes.back() +
                                                    "]: " + warning["message"].get<std::string>()));
            EXPECT_EQ(rulec({"explain-code", codes.back()}).code, ExitCode::Fine);
        }
        return codes;
    };
    const std::vector<std::string> of_both{"data.unused_file", "data.unusable_values",
                                           "data.dated_closings", "data.early_deals"};
    EXPECT_EQ(codes("2026-03-20"), of_both);
    auto and_later = of_both;
    and_later.emplace_back("data.later_instant");
    EXPECT_EQ(codes("2026-04-20"), and_later);
    data.write("touches.csv", "account_id,at,channel\na,2026-03-25,ads\n");
    outcome = run();
    EXPECT_EQ(codes(".").back(), "data.later_records");
    data.write("data.toml", ""); // when the data were taken is not said: so the clock is asked
    data.write("touches.csv", "account_id,at,channel\na,2062-03-25,ads\n");
    outcome = run();
    EXPECT_EQ(codes(".").back(), "data.later_records");
    EXPECT_THAT(outcome.messages, HasSubstr("the newest record is of the future: 2062-03-25"));
}

TEST_F(Run, TheFarFutureIsAMistypedYear) {
    ASSERT_EQ(run().code, ExitCode::Fine);
    data.write("events.csv", "account_id,at,name\na,9999-12-31,x\n");
    for (const char* chunk : {"0", "1"}) {
        auto arguments = flags("run");
        arguments.insert(arguments.end(), {"--out", out(), "--chunk", chunk});
        const Outcome outcome = rulec(arguments);
        EXPECT_EQ(outcome.code, ExitCode::Unusable);
        EXPECT_THAT(outcome.messages, HasSubstr("the newest record is of 9999-12-31T00:00:00Z"));
        EXPECT_THAT(outcome.messages, HasSubstr("(events: `at` in events.csv, row 1), more than"));
        arguments.insert(arguments.end(), {"--as-of", "2026-03-05"});
        EXPECT_EQ(rulec(arguments).code, ExitCode::Fine) << "left aside";
    }
}

TEST_F(Run, AFieldWithoutAHistoryIsWarnedOf) {
    rulebook.write("records.rules", R"(rulebook acme {
  version "3"  timezone "UTC"  currency USD  about account
}
team marketing { name "Marketing" }
team sales     { name "Sales" }
entity account { id : text key  signed_up_at : time origin  seats : int? tracked  plan : text? tracked  email : text? }
entity event of account as events ordered by at { at : time  name : text }
)");
    data.write("accounts.csv", "id,signed_up_at,seats,plan,email\na,2026-03-01,14,free,\n");
    data.write("data.toml", "taken_at = \"2026-04-01\"\n");
    EXPECT_THAT(run().messages,
                HasSubstr("warning[data.no_history]: the data has no `accounts_history`: `seats`, "
                          "`plan` are unknown before 2026-04-01T00:00:00Z, and"));
    data.write("accounts_history.csv", "id,known_from,plan\na,2026-03-01,free\n");
    const Outcome outcome = run();
    EXPECT_THAT(outcome.messages,
                HasSubstr("warning[data.no_history]: accounts_history: accounts_history.csv has no "
                          "column `seats`: `seats` is unknown before 2026-04-01T00:00:00Z"));
    EXPECT_THAT(outcome.messages, Not(HasSubstr("`plan`")));
    EXPECT_THAT(read("run.json"), HasSubstr("\"code\": \"data.no_history\""));
    data.write("accounts_history.csv", "id,known_from,plan,seats\na,2026-03-01,free,3\n");
    EXPECT_EQ(run().messages, "");
    EXPECT_THAT(read("run.json"), HasSubstr("\"warnings\": []"));
}

} // namespace
} // namespace rulec::tool
