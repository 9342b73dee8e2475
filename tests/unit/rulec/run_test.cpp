// run and explain: what is told beside the results, and what becomes of them when a disk is full.
#include <csignal>
#include <sys/resource.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/rulec/rulec_run.hpp"
#include "tests/unit/rulec/small_rulebook.hpp"
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
