// run: what becomes of the folder of results when it is there already, when a disk is full, when a
// run ends early.
#include <csignal>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/rulec/run_fixture.hpp"
#include "tools/rulec/aside_names.hpp"

namespace rulec::tool {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

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
    EXPECT_EQ(files, 6U)
        << "accounts, firings, rejects, run.json, summary.* and nothing beside them";
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

TEST_F(Run, NeverWritesThroughALink) {
    ASSERT_EQ(run().code, ExitCode::Fine);
    std::filesystem::remove(out() + "/accounts.csv");
    rulebook.write("elsewhere.csv", "mine\n");
    std::filesystem::create_symlink(rulebook.path() / "elsewhere.csv", out() + "/accounts.csv");
    const Outcome outcome = run();
    EXPECT_EQ(outcome.code, ExitCode::Unusable);
    EXPECT_THAT(outcome.messages, HasSubstr("accounts.csv` is a link, and no run wrote it"));
    EXPECT_EQ(read("accounts.csv"), "mine\n");
    std::filesystem::remove(out() + "/accounts.csv");
    std::filesystem::create_symlink("elsewhere.json", out() + "/run.json.link");
    std::filesystem::rename(out() + "/run.json.link", out() + "/run.json");
    EXPECT_THAT(run().messages, HasSubstr("run.json` is a link"));
}

TEST_F(Run, NorIntoAnInstantsFolderThatLeadsElsewhere) {
    auto arguments = flags("run");
    arguments.insert(arguments.end(), {"--as-of", "2026-06-01,2026-06-02", "--out", out()});
    std::filesystem::create_directories(out());
    std::filesystem::create_directories(rulebook.path() / "elsewhere");
    for (const auto& [place, told] :
         {std::pair(data.path(), "the run reads from that folder"),
          std::pair(rulebook.path() / "elsewhere", "2026-06-02` is a link"),
          std::pair(rulebook.path() / "nowhere", "2026-06-02` is a link")}) {
        std::filesystem::create_directory_symlink(place, out() + "/2026-06-02");
        const Outcome outcome = rulec(arguments);
        EXPECT_EQ(outcome.code, ExitCode::Unusable);
        EXPECT_THAT(outcome.messages, HasSubstr(told));
        EXPECT_FALSE(std::filesystem::exists(place / "run.json"));
        std::filesystem::remove(out() + "/2026-06-02");
    }
    ASSERT_EQ(rulec(arguments).code, ExitCode::Fine);
}

TEST_F(Run, NoInstantsFolderIsOneThatIsRead) {
    const auto folder = rulebook.path() / "out/2026-06-02";
    std::filesystem::create_directories(folder);
    std::filesystem::copy(data.path(), folder);
    const Outcome outcome = rulec({"run", rulebook.name(), "--data", folder.native(), "--as-of",
                                   "2026-06-01,2026-06-02", "--out", out()});
    EXPECT_EQ(outcome.code, ExitCode::Unusable);
    EXPECT_THAT(outcome.messages, HasSubstr("the run reads from that folder"));
    EXPECT_FALSE(std::filesystem::exists(folder / "run.json"));
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

TEST_F(Run, WritesBesideNoOtherRun) {
    ASSERT_EQ(run().code, ExitCode::Fine);
    const std::string before = read("accounts.csv");
    data.write("accounts.csv", "id,signed_up_at,seats,email\nz,2026-03-01,14,\n");
    data.write("events.csv", "account_id,at,name\n");
    const int other = ::open(out().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ASSERT_EQ(::flock(other, LOCK_EX), 0);
    const Outcome outcome = run();
    EXPECT_EQ(outcome.code, ExitCode::Unusable);
    EXPECT_THAT(outcome.messages, HasSubstr("another run is writing its results into"));
    EXPECT_THAT(outcome.messages, HasSubstr("wait until it is done, or choose another folder"));
    EXPECT_EQ(read("accounts.csv"), before);
    ::close(other);
    EXPECT_EQ(run().code, ExitCode::Fine);
    EXPECT_NE(read("accounts.csv"), before);
}

// As one is that is killed while its files take their places: its record comes last.
TEST_F(Run, ReplacesWhatAKilledRunLeft) {
    ASSERT_EQ(run().code, ExitCode::Fine);
    const std::string unfinished = out() + "/run.json.0123abcd.rulec-unfinished";
    std::filesystem::rename(out() + "/run.json", unfinished);
    ASSERT_EQ(run().code, ExitCode::Fine);
    EXPECT_THAT(read("run.json"), HasSubstr("accounts.csv"));
    EXPECT_FALSE(std::filesystem::exists(unfinished));
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

} // namespace
} // namespace rulec::tool
