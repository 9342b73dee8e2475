// run and explain: what is told beside the results, and what becomes of them when a disk is full.
#include <csignal>
#include <sys/resource.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/rulec/rulec_run.hpp"
#include "tests/unit/rulec/small_rulebook.hpp"
#include "tools/rulec/aside_names.hpp"
#include "tools/rulec/read_file.hpp"

namespace rulec::tool {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Run : public ::testing::Test {
protected:
    Run() {
        write_small_rulebook(rulebook);
        data.write("accounts.csv", "id,signed_up_at,seats,email\n"
                                   "a,2026-03-01,14,ann@acme.example\nb,2026-03-01,3,\n");
        data.write("events.csv", "account_id,at,name\na,2026-03-02,demo.requested\n");
    }
    std::vector<std::string> flags(const std::string& verb) const {
        return {verb, rulebook.name(), "--data", data.name()};
    }
    Outcome run() const {
        auto arguments = flags("run");
        arguments.insert(arguments.end(), {"--out", out()});
        return rulec(arguments);
    }
    std::string out() const { return rulebook.name() + "/out"; }
    std::string read(const std::string& name) const {
        return read_file(out() + "/" + name, 1'000'000).value_or("(none)");
    }

    TemporaryFolder rulebook;
    TemporaryFolder data;
};

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
    EXPECT_THAT(outcome.messages, HasSubstr("the data has no `events`"));
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
    EXPECT_THAT(run().messages, HasSubstr("the data was taken at 2026-04-01T00:00:00Z, but has "
                                          "records as late as 2027-03-02T00:00:00Z"));
}

TEST_F(Run, AFullDiskLeavesTheResultsOfBefore) {
    ASSERT_EQ(run().code, ExitCode::Fine);
    const std::string before = read("accounts.csv");
    data.write("accounts.csv", "id,signed_up_at,seats,email\nz,2026-03-01,14,\n");
    data.write("events.csv", "account_id,at,name\n");
    const auto run_on_a_full_disk = [this] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit nothing{200, 200}; // bytes per file: too few for run.json, which comes last
        ::setrlimit(RLIMIT_FSIZE, &nothing);
        const Outcome outcome = run();
        const bool told = outcome.code == ExitCode::Unusable &&
                          outcome.messages.find("cannot be written") != std::string::npos;
        std::_Exit(told ? 42 : 1);
    };
    EXPECT_EXIT(run_on_a_full_disk(), ::testing::ExitedWithCode(42), "");
    EXPECT_EQ(read("accounts.csv"), before);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(out())) {
        EXPECT_NE(entry.file_size(), 200U) << entry.path();
        ++files;
    }
    EXPECT_EQ(files, 4U) << "accounts, firings, rejects, run.json and nothing beside them";
}

TEST_F(Run, NeverWritesWhereItReads) {
    std::filesystem::create_directory_symlink(data.path(), rulebook.path() / "link");
    std::filesystem::create_directories(data.path() / "below");
    const std::string before = read_file(data.path() / "accounts.csv", 1'000).value();
    for (const std::string& out : {data.name(), data.name() + "/below/..", data.name() + "/",
                                   rulebook.name() + "/link", rulebook.name()}) {
        auto arguments = flags("run");
        arguments.insert(arguments.end(), {"--out", out});
        const Outcome outcome = rulec(arguments);
        EXPECT_EQ(outcome.code, ExitCode::Unusable) << out;
        EXPECT_THAT(outcome.messages, HasSubstr("the run reads from that folder"));
        EXPECT_THAT(outcome.messages, HasSubstr("choose an empty folder"));
    }
    EXPECT_EQ(read_file(data.path() / "accounts.csv", 1'000).value(), before);
}

TEST_F(Run, ReplacesOnlyWhatARunWrote) {
    rulebook.write("out/accounts.csv", "mine\n");
    EXPECT_EQ(run().code, ExitCode::Unusable);
    EXPECT_THAT(run().messages, HasSubstr("is there already, and no run wrote it"));
    EXPECT_EQ(read("accounts.csv"), "mine\n");
    EXPECT_EQ(read("run.json"), "(none)");
    std::filesystem::remove(rulebook.path() / "out/accounts.csv");
    rulebook.write("out/notes.txt", "mine\n");
    EXPECT_EQ(run().code, ExitCode::Fine);
    EXPECT_EQ(run().code, ExitCode::Fine) << "its own results";
    rulebook.write("out/run.json", "{}");
    EXPECT_EQ(run().code, ExitCode::Unusable);
    EXPECT_EQ(read("notes.txt"), "mine\n");
}

TEST_F(Run, NeverReplacesAFileThatIsRead) {
    ASSERT_EQ(run().code, ExitCode::Fine);
    rulebook.write("out/accounts.csv", "id,signed_up_at,seats,email\na,2026-03-01,14,\n");
    std::filesystem::remove(data.path() / "accounts.csv");
    std::filesystem::create_symlink(out() + "/accounts.csv", data.path() / "accounts.csv");
    const Outcome outcome = run();
    EXPECT_EQ(outcome.code, ExitCode::Unusable);
    EXPECT_THAT(outcome.messages, HasSubstr("would be replaced, and was read as"));
}

TEST_F(Run, RemovesResultsThatOnlyAnEarlierRunHad) {
    ASSERT_EQ(run().code, ExitCode::Fine);
    ASSERT_NE(read("firings.csv"), "(none)");
    rulebook.write("out/credits.csv", "not of a run\n");
    std::filesystem::remove(rulebook.path() / "triggers.rules");
    ASSERT_EQ(run().code, ExitCode::Fine);
    EXPECT_EQ(read("firings.csv"), "(none)");
    EXPECT_EQ(read("credits.csv"), "not of a run\n");
    EXPECT_THAT(read("run.json"), Not(HasSubstr("firings.csv")));
}

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
                HasSubstr("accounts: 5 in = 2 evaluated + 1 rejected + 1 duplicates + 1 not yet "
                          "there\n"));
    EXPECT_THAT(read("accounts.csv"), HasSubstr("\na,30.00,A,1,1,"));
    EXPECT_THAT(read("accounts.csv"), HasSubstr("\nb,")) << "at its origin it is there";
    EXPECT_THAT(read("accounts.csv"), Not(HasSubstr("\nd,")));
    EXPECT_THAT(read("run.json"), HasSubstr("\"evaluated\": 2,"));
    EXPECT_THAT(read("run.json"), HasSubstr("\"not_yet\": 1"));
    EXPECT_THAT(read("firings.csv"), Not(HasSubstr(",demo,d,")));
    EXPECT_THAT(as_of("2026-04-01"), HasSubstr("5 in = 3 evaluated + 1 rejected + 1 duplicates\n"));
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
                HasSubstr("warning: the data was taken at 2026-04-01T04:00:00Z: what changed from "
                          "then to 2026-05-31T04:00:00Z is not in it\n"));
    EXPECT_EQ(as_of("2026-03-31").messages, "");
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
                HasSubstr("events: 10 in = 3 evaluated + 6 rejected + 1 duplicates (1 orphan)\n"));
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

TEST_F(Run, ASignalLeavesNoFolder) {
    const auto interrupted = [this] {
        remove_asides_on_signals();
        claim_aside_name(out(), true);
        std::filesystem::create_directory(out());
        claim_aside_name(out() + "/2026-03-05", true);
        std::filesystem::create_directory(out() + "/2026-03-05");
        claim_aside_name(out() + "/2026-03-05/accounts.csv.1");
        rulebook.write("out/2026-03-05/accounts.csv.1", "half");
        std::raise(SIGTERM);
    };
    EXPECT_EXIT(interrupted(), ::testing::KilledBySignal(SIGTERM), "");
    EXPECT_FALSE(std::filesystem::exists(out()));
}

TEST_F(Run, AFailedRunLeavesNoFolder) {
    std::filesystem::create_directories(rulebook.path() / "out/2026-03-05/accounts.csv");
    auto arguments = flags("run");
    arguments.insert(arguments.end(),
                     {"--out", out(), "--as-of", "2026-03-04,2026-03-05,2026-03-06"});
    EXPECT_EQ(rulec(arguments).code, ExitCode::Unusable);
    EXPECT_FALSE(std::filesystem::exists(out() + "/2026-03-04"));
    EXPECT_FALSE(std::filesystem::exists(out() + "/2026-03-06"));
    rulebook.write("file", "");
    arguments[5] = rulebook.name() + "/file/deep/out";
    EXPECT_THAT(rulec(arguments).messages, HasSubstr("cannot be made"));
}

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
    EXPECT_THAT(run().results, HasSubstr("credit by_channel: ads USD 461168601842738790.35\n"));
    auto arguments = flags("run");
    arguments.insert(arguments.end(), {"--out", out(), "--only", "design_icp"});
    EXPECT_THAT(rulec(arguments).results, Not(HasSubstr("credit")));
    data.write("deals.csv", "account_id,id,created_at,closed_at,amount\n");
    EXPECT_THAT(run().results, HasSubstr("credit by_channel: no deals\n"));
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

} // namespace
} // namespace rulec::tool
