#include "tools/rulec/write_file.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/unit/rulec/temporary_folder.hpp"
#include "tools/rulec/aside_names.hpp"
#include "tools/rulec/read_file.hpp"

namespace rulec::tool {
namespace {

namespace fs = std::filesystem;

std::size_t entries(const TemporaryFolder& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()));
}

TEST(WriteFile, ReplacesAndLeavesNothingBeside) {
    TemporaryFolder folder;
    ASSERT_TRUE(write_file(folder.path() / "a", "one"));
    ASSERT_TRUE(write_file(folder.path() / "a", "two"));
    EXPECT_EQ(read_file(folder.path() / "a", 100).value(), "two");
    EXPECT_EQ(entries(folder), 1U);
}

TEST(WriteFile, KeepsPermissionsAndLinks) {
    TemporaryFolder folder;
    folder.write("real", "old");
    ASSERT_EQ(::chmod((folder.path() / "real").c_str(), 0640), 0);
    fs::create_symlink(folder.path() / "real", folder.path() / "link");
    ASSERT_TRUE(write_file(folder.path() / "link", "new"));
    EXPECT_TRUE(fs::is_symlink(folder.path() / "link"));
    EXPECT_EQ(read_file(folder.path() / "real", 100).value(), "new");
    EXPECT_EQ(static_cast<unsigned>(fs::status(folder.path() / "real").permissions()), 0640U);
}

TEST(WriteFile, LeftoversOfTheKilledAreRemovedAndNothingElse) {
    TemporaryFolder folder;
    const auto killed = [&](const fs::path& target) {
        const pid_t child = ::fork();
        if (child == 0) {
            const FileToWrite file{target, "", [](const fs::path&) -> rulebook::Result<void> {
                                       ::kill(::getpid(), SIGKILL);
                                       return {};
                                   }};
            (void)write_files({&file, 1});
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status));
    };
    killed(folder.path() / "a.csv");
    ASSERT_EQ(entries(folder), 1U);
    for (const char* other : {"a.csv", "a.csv.1f00ba42", "a.csv.1f00ba4.rulec-unfinished",
                              ".rulec-unfinished", "1f00ba42.rulec-unfinished"})
        folder.write(other, "x");
    remove_unfinished(folder.path());
    EXPECT_EQ(entries(folder), 5U);

    const FileToWrite living{folder.path() / "b.csv", "", [&](const fs::path& aside) {
                                 remove_unfinished(folder.path());
                                 EXPECT_TRUE(fs::exists(aside)) << "it is being written";
                                 return rulebook::Result<void>();
                             }};
    ASSERT_TRUE(write_files({&living, 1}));
    EXPECT_TRUE(fs::exists(folder.path() / "b.csv"));
}

TEST(WriteFile, AFailureChangesNothing) {
    TemporaryFolder folder;
    folder.write("folder/inside", "x");
    auto into_nothing = write_file(folder.path() / "none" / "a", "x");
    ASSERT_FALSE(into_nothing);
    EXPECT_EQ(into_nothing.error().code, "file.unwritable");
    EXPECT_FALSE(write_file(folder.path() / "folder", "x")) << "a folder is not replaced";
    EXPECT_EQ(entries(folder), 1U);
}

TEST(WriteFile, ATargetThatCannotBeReplacedLeavesTheOthers) {
    TemporaryFolder folder;
    folder.write("a", "old");
    folder.write("b/inside", "x");
    const FileToWrite files[] = {{folder.path() / "a", "new"}, {folder.path() / "b", "new"}};
    EXPECT_FALSE(write_files(files));
    EXPECT_EQ(read_file(folder.path() / "a", 100).value(), "old");
    EXPECT_EQ(entries(folder), 2U);
}

// Writes generation after generation until a signal ends it.
[[noreturn]] void write_until_ended(const TemporaryFolder& folder, int number, int after) {
    remove_asides_on_signals();
    std::thread([number, after] {
        std::this_thread::sleep_for(std::chrono::milliseconds(after));
        ::kill(::getpid(), number);
    }).detach();
    for (char generation = 'a';;
         generation = generation == 'z' ? 'a' : static_cast<char>(generation + 1)) {
        const std::string bytes(100'000, generation);
        const FileToWrite files[] = {{folder.path() / "1", bytes},
                                     {folder.path() / "2", bytes},
                                     {folder.path() / "3", bytes},
                                     {folder.path() / "4", bytes}};
        if (!write_files(files))
            std::_Exit(1);
    }
}

TEST(WriteFileDeathTest, ASignalLeavesNeitherHalvesNorAMixture) {
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        for (const int after : {20, 33, 47}) {
            TemporaryFolder folder;
            EXPECT_EXIT(write_until_ended(folder, number, after), ::testing::KilledBySignal(number),
                        "");
            EXPECT_LE(entries(folder), 4U);
            if (entries(folder) == 0)
                continue;
            const std::string first = read_file(folder.path() / "1", 1'000'000).value();
            EXPECT_EQ(first.size(), 100'000U);
            for (const char* name : {"2", "3", "4"})
                EXPECT_EQ(read_file(folder.path() / name, 1'000'000).value_or(""), first);
        }
}

} // namespace
} // namespace rulec::tool
