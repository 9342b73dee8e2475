// Runs for several instants, and over some accounts at a time: what is written is what separate
// runs over all data write, byte for byte.
#include <csignal>
#include <filesystem>
#include <map>
#include <sys/resource.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/rulec/rulec_run.hpp"
#include "tests/unit/rulec/small_rulebook.hpp"
#include "tools/rulec/read_file.hpp"

namespace rulec::tool {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

// By name; of run.json all but the times that it took.
std::map<std::string, std::string> files_in(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (!entry.is_regular_file())
            continue;
        std::string text = read_file(entry.path(), 10'000'000).value_or("(unreadable)");
        if (entry.path().filename() == "run.json") {
            auto json = nlohmann::json::parse(text);
            json.erase("started_at");
            json.erase("seconds");
            text = json.dump(2);
        }
        files[entry.path().filename().string()] = text;
    }
    return files;
}

class RunSeries : public ::testing::Test {
protected:
    RunSeries() {
        write_small_rulebook(rulebook);
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
        // Rejected, incomplete and unusable in every way, spread over the accounts.
        data.write("accounts.csv", "id,signed_up_at,seats,email\n"
                                   "a,2026-03-01,14,ann@acme.example\n"
                                   "b,2026-03-02,many,\n"
                                   "b,2026-03-02,many,\n"
                                   "c,never,3,\n"
                                   "d,2026-03-03,5000,x@gmail.com\n"
                                   "d1,2026-03-03,7,\n"
                                   "d1,2026-03-04,7,\n"
                                   "e,2026-03-05,,\"eve, the first\"\n"
                                   ",2026-03-05,1,\n"
                                   "f,2026-03-06,12\n"
                                   "g,2026-03-07,11,\n");
        data.write("events.csv", "account_id,at,name\n"
                                 "A,2026-03-02,demo.requested\n"
                                 "a,2026-03-02,demo.requested\n"
                                 "a,2026-03-20,demo.requested\n"
                                 ",2026-03-20,demo.requested\n"
                                 "aa,2026-03-20,demo.requested\n"
                                 "c,2026-03-20,demo.requested\n"
                                 "e,soon,demo.requested\n"
                                 "e,2026-03-21,demo.requested\n"
                                 "g,2026-03-22,demo.requested\n"
                                 "z,2026-03-23,demo.requested\n");
        data.write("deals.csv", "account_id,id,created_at,closed_at,amount\n"
                                "a,d1,2026-03-01,,100.00\n"
                                "a,d1,2026-03-01,2026-03-20T10:00:00Z,100.00\n"
                                "a,d2,2026-03-01,2026-03-21,50.00\n"
                                "d,d4,2026-03-01,,60.00\n"
                                "e,d5,2026-03-01,2026-03-22,free\n"
                                "g,d6,2026-03-01,2026-03-22,75.01\n");
        data.write("touches.csv", "account_id,at,channel\n"
                                  "a,2026-03-05,ads\na,2026-03-06,mail\n"
                                  "g,2026-03-06,ads\ng,2026-03-06,call\n");
    }
    Outcome run(const std::string& out, const std::vector<std::string>& more) const {
        std::vector<std::string> arguments = {"run",       rulebook.name(), "--data",
                                              data.name(), "--out",         path(out)};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return rulec(arguments);
    }
    std::string path(const std::string& out) const { return rulebook.name() + "/" + out; }

    TemporaryFolder rulebook;
    TemporaryFolder data;
};

TEST_F(RunSeries, EachInstantIsAsIfRunAlone) {
    const std::string instants = "2026-03-10, 2026-03-20T10:00:00Z,2026-01-01,latest";
    for (const std::string& chunk : {"0", "2"}) {
        const Outcome series = run("series", {"--as-of", instants, "--chunk", chunk});
        ASSERT_EQ(series.code, ExitCode::Findings) << series.messages;
        for (const auto& [folder, as_of] :
             std::map<std::string, std::string>{{"2026-03-10", "2026-03-10"},
                                                {"2026-03-20T100000Z", "2026-03-20T10:00:00Z"},
                                                {"2026-01-01", "2026-01-01"},
                                                {"latest", "latest"}}) {
            ASSERT_EQ(run("alone", {"--as-of", as_of}).code, ExitCode::Findings);
            EXPECT_EQ(files_in(path("series/" + folder)), files_in(path("alone"))) << folder;
        }
    }
    EXPECT_THAT(files_in(path("alone"))["credits.csv"], HasSubstr("d6,g,ads,0.5,37.51"));
}

TEST_F(RunSeries, TellsOfAllInstantsTogether) {
    const Outcome outcome = run("series", {"--as-of", "2026-03-10,2026-04-01"});
    EXPECT_THAT(outcome.results, HasSubstr("acme 3 as of 2026-03-10T00:00:00Z, the first instant "
                                           "of 2026-03-10 in UTC\naccounts: 11 in"));
    EXPECT_THAT(
        outcome.results,
        HasSubstr(
            "acme 3 as of 2026-04-01T00:00:00Z, the first instant of 2026-04-01 in UTC\naccounts: "
            "11 in = 5 evaluated + 5 rejected + 1 duplicate\nfit design_icp"));
    const auto files = files_in(path("series"));
    EXPECT_THAT(files.at("series.csv"),
                HasSubstr("as_of,rule,outcome,count,amount,currency,hindsight\n2026-03-10T00:00:"
                          "00Z,,evaluated,5,,,\n2026-03-10T00:00:00Z,,not yet there,0,,,\n"
                          "2026-03-10T00:00:00Z,design_icp,A,2,,,email seats\n"
                          "2026-03-10T00:00:00Z,design_icp,B,2,,,email seats\n"));
    EXPECT_THAT(files.at("series.csv"), HasSubstr("2026-04-01T00:00:00Z,by_channel,ads,3,"));
    const auto json = nlohmann::json::parse(files.at("series.json"));
    EXPECT_EQ(json["series"][1]["folder"], "2026-04-01");
    EXPECT_EQ(json["files"].back(), "series.json");
}

TEST_F(RunSeries, RefusesWhatIsNoSeries) {
    const auto messages = [&](const std::string& as_of) {
        const Outcome outcome = run("out", {"--as-of", as_of});
        EXPECT_EQ(outcome.code, ExitCode::Unusable) << as_of;
        return outcome.messages;
    };
    EXPECT_THAT(messages("2026-03-10,2026-03-10T00:00:00Z"),
                HasSubstr("`2026-03-10T00:00:00Z` stands twice in `--as-of`"));
    EXPECT_THAT(messages("2026-03-10,"), HasSubstr("`` is no instant"));
    EXPECT_THAT(messages("2026-03-10,2026-02-30"), HasSubstr("`2026-02-30` is no instant"));
    EXPECT_FALSE(fs::exists(path("out")));
}

TEST_F(RunSeries, ReplacesItsOwnFilesAndNoOthers) {
    run("out", {"--as-of", "2026-03-10,2026-03-20"});
    rulebook.write("out/2026-03-10/notes.txt", "mine\n");
    run("out", {"--as-of", "2026-03-20,2026-04-01"});
    EXPECT_EQ(files_in(path("out/2026-03-10")).size(), 1U) << "the notes alone";
    EXPECT_TRUE(fs::exists(path("out/2026-03-20/run.json")));
    run("out", {});
    EXPECT_FALSE(fs::exists(path("out/2026-03-20"))) << "nothing is left of the series";
    EXPECT_FALSE(fs::exists(path("out/series.json")));
    EXPECT_TRUE(fs::exists(path("out/accounts.csv")));
    run("out/2026-05-01", {"--as-of", "2026-05-01"});
    EXPECT_EQ(run("out", {"--as-of", "2026-05-01,2026-05-02"}).code, ExitCode::Findings)
        << "a run may have written the folder of an instant";
    EXPECT_FALSE(fs::exists(path("out/accounts.csv")));
    rulebook.write("out/2026-06-01/accounts.csv", "mine\n");
    const Outcome refused = run("out", {"--as-of", "2026-06-01,2026-05-01"});
    EXPECT_EQ(refused.code, ExitCode::Unusable);
    EXPECT_THAT(refused.messages, HasSubstr("is there already, and no run wrote it"));
    EXPECT_TRUE(fs::exists(path("out/2026-05-02/accounts.csv"))) << "all is as before";
}

TEST_F(RunSeries, AFullDiskLeavesTheSeriesOfBefore) {
    run("out", {"--as-of", "2026-03-10,2026-03-20"});
    const auto before = files_in(path("out/2026-03-10"));
    data.write("accounts.csv", "id,signed_up_at,seats,email\nz,2026-03-01,14,\n");
    const auto run_on_a_full_disk = [this] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit little{800, 800}; // bytes per file: too few for run.json
        ::setrlimit(RLIMIT_FSIZE, &little);
        const Outcome outcome = run("out", {"--as-of", "2026-03-10,2026-04-01"});
        const bool told = outcome.code == ExitCode::Unusable &&
                          outcome.messages.find("cannot be written") != std::string::npos;
        std::_Exit(told ? 42 : 1);
    };
    EXPECT_EXIT(run_on_a_full_disk(), ::testing::ExitedWithCode(42), "");
    EXPECT_EQ(files_in(path("out/2026-03-10")), before);
    EXPECT_TRUE(fs::exists(path("out/2026-03-20/accounts.csv")));
    EXPECT_FALSE(fs::exists(path("out/2026-04-01")));
}

// ---- some accounts at a time

TEST_F(RunSeries, ChunksGiveWhatAllDataGive) {
    const Outcome whole = run("whole", {});
    ASSERT_EQ(whole.code, ExitCode::Findings) << whole.messages;
    EXPECT_THAT(whole.messages, HasSubstr("the first is `5000` in accounts.csv, row 5"));
    const auto expected = files_in(path("whole"));
    EXPECT_THAT(expected.at("rejects.csv"), HasSubstr("data.conflict"));
    EXPECT_THAT(expected.at("rejects.csv"), HasSubstr("data.ragged"));
    EXPECT_THAT(expected.at("rejects.csv"), HasSubstr("z,data.orphan"));
    for (const std::string& size : {"1", "2", "3", "5", "1000"}) {
        const Outcome chunks = run("chunks", {"--chunk", size});
        EXPECT_EQ(chunks.code, whole.code);
        EXPECT_EQ(files_in(path("chunks")), expected) << size;
        EXPECT_EQ(chunks.messages, whole.messages) << size;
    }
    for (const std::string& format : {"ndjson", "parquet"}) {
        run("whole", {"--out-format", format});
        run("chunks", {"--out-format", format, "--chunk", "2"});
        EXPECT_EQ(files_in(path("chunks")), files_in(path("whole"))) << format;
    }
}

TEST_F(RunSeries, ChunksOfADataSetWithoutAccounts) {
    data.write("accounts.csv", "id,signed_up_at,seats,email\n");
    const Outcome whole = run("whole", {});
    EXPECT_THAT(whole.messages,
                HasSubstr("rulec: note: values of `amount` of deals, `at` of events"));
    EXPECT_EQ(run("chunks", {"--chunk", "2"}).messages, whole.messages) << "nothing about chunks";
    EXPECT_EQ(files_in(path("chunks")), files_in(path("whole")));
}

TEST_F(RunSeries, WholeNumbersAreInTheOrderOfNumbers) {
    rulebook.write("records.rules", R"(rulebook acme {
  version "3"  timezone "UTC"  currency USD  about account
}
team marketing { name "Marketing"  reviewers "@acme/marketing" }
team sales     { name "Sales"      reviewers "@acme/sales" }
entity account { id : int key  signed_up_at : time origin  seats : int?  email : text? }
entity event of account as events ordered by at { at : time  name : text }
)");
    data.write("accounts.csv", "id,signed_up_at,seats,email\n-3,2026-03-01,1,\n9,2026-03-01,12,\n"
                               "010,2026-03-01,12,\n10,2026-03-01,12,\n100,2026-03-01,12,\n");
    data.write("events.csv", "account_id,at,name\n-3,2026-03-02,demo.requested\n"
                             "10.0,2026-03-02,demo.requested\n100,2026-03-02,demo.requested\n");
    for (const char* gone : {"deals.csv", "touches.csv"})
        fs::remove(data.path() / gone);
    run("whole", {});
    EXPECT_THAT(run("chunks", {"--chunk", "1"}).messages, Not(HasSubstr("held in memory")));
    EXPECT_EQ(files_in(path("chunks")), files_in(path("whole")));
}

TEST_F(RunSeries, WhatIsNotInOrderIsReadAtOnceAndSaidSo) {
    const auto messages_of_chunks = [&] {
        run("whole", {});
        const std::string messages = run("chunks", {"--chunk", "2"}).messages;
        EXPECT_EQ(files_in(path("chunks")), files_in(path("whole")));
        return messages;
    };
    data.write("touches.csv", "account_id,at,channel\ng,2026-03-05,ads\na,2026-03-06,mail\n");
    EXPECT_THAT(messages_of_chunks(),
                HasSubstr("rulec: note: all data are held in memory: `touches` is not in the order "
                          "of `account_id` (touches.csv, row 2)\n"));
    data.write("touches.csv", "account_id,at,channel\na,2026-03-05,ads\n");
    data.write("deals.csv", "account_id,id,created_at,closed_at,amount\n"
                            "a,d1,2026-03-01,2026-03-20,100.00\nb,d2,2026-03-01,2026-03-20,100.00\n"
                            "g,d1,2026-03-01,2026-03-21,50.00\n");
    EXPECT_THAT(messages_of_chunks(), HasSubstr("a key of `deals` stands at several accounts"));
    rulebook.write("lines.rules", "entity line of deal as lines { sku : text }\n");
    data.write("lines.csv", "deal_id,sku\nd2,x\n");
    EXPECT_THAT(messages_of_chunks(), HasSubstr("`lines` does not say whose account its rows are"));
}

TEST_F(RunSeries, KeysInAnyOrderAreRemembered) {
    data.write("deals.csv", "account_id,id,created_at,closed_at,amount\n"
                            "a,77,2026-03-01,2026-03-20,100.00\nb,12,2026-03-01,2026-03-20,9.00\n"
                            "e,5,2026-03-01,2026-03-20,9.00\ng,6,2026-03-01,2026-03-21,50.00\n");
    run("whole", {});
    EXPECT_THAT(run("chunks", {"--chunk", "1"}).messages, Not(HasSubstr("held in memory")));
    EXPECT_EQ(files_in(path("chunks")), files_in(path("whole")));
}

TEST_F(RunSeries, HistoriesAreDividedToo) {
    rulebook.write("records.rules", R"(rulebook acme {
  version "3"  timezone "UTC"  currency USD  about account
}
team marketing { name "Marketing"  reviewers "@acme/marketing" }
team sales     { name "Sales"      reviewers "@acme/sales" }
entity account { id : text key  signed_up_at : time origin  seats : int? tracked  email : text? }
entity event of account as events ordered by at { at : time  name : text }
)");
    data.write("accounts_history.csv", "id,known_from,seats\na,2026-03-01,3\na,2026-03-15,12\n"
                                       "e,2026-03-05,30\nq,2026-03-05,30\n");
    for (const std::string& as_of : {"2026-03-10", "latest"}) {
        run("whole", {"--as-of", as_of});
        run("chunks", {"--as-of", as_of, "--chunk", "1"});
        EXPECT_EQ(files_in(path("chunks")), files_in(path("whole"))) << as_of;
    }
    const std::string before = nlohmann::json::parse(
        read_file(path("whole/run.json"), 100'000).value())["data_fingerprint"];
    data.write("accounts_history.csv", "id,known_from,seats\na,2026-03-01,4\n");
    run("whole", {});
    EXPECT_NE(nlohmann::json::parse(
                  read_file(path("whole/run.json"), 100'000).value())["data_fingerprint"],
              before);
}

} // namespace
} // namespace rulec::tool
