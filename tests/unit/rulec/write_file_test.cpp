#include "tools/rulec/write_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/unit/rulec/temporary_folder.hpp"
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

TEST(WriteFile, AFailureChangesNothing) {
    TemporaryFolder folder;
    folder.write("folder/inside", "x");
    auto into_nothing = write_file(folder.path() / "none" / "a", "x");
    ASSERT_FALSE(into_nothing);
    EXPECT_EQ(into_nothing.error().code, "file.unwritable");
    EXPECT_FALSE(write_file(folder.path() / "folder", "x")) << "a folder is not replaced";
    EXPECT_EQ(entries(folder), 1U);
}

} // namespace
} // namespace rulec::tool
