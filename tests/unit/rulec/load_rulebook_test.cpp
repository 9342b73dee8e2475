#include "tools/rulec/load_rulebook.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/unit/rulec/temporary_folder.hpp"
#include "tools/rulec/read_file.hpp"

namespace rulec::tool {
namespace {

namespace fs = std::filesystem;

class LoadRulebook : public ::testing::Test {
protected:
    std::vector<std::string> loaded_paths(const RulebookText& loaded) {
        std::vector<std::string> paths;
        for (FileId file : loaded.files)
            paths.push_back(
                fs::path(loaded.sources.path(file)).lexically_relative(folder.path()).native());
        return paths;
    }
    std::vector<std::string> codes() {
        std::vector<std::string> found;
        for (const Diagnostic* diagnostic : diagnostics.sorted())
            found.emplace_back(diagnostic->code());
        return found;
    }
    RulebookText load() { return load_rulebook(folder.name(), diagnostics).value(); }

    TemporaryFolder folder;
    Diagnostics diagnostics;
};

using Names = std::vector<std::string>;

TEST_F(LoadRulebook, FindsRulesBelowInByteOrder) {
    folder.write("b.rules", "b");
    folder.write("a/z.rules", "z");
    folder.write("a.rules", "a");
    folder.write("readme.md", "no rules");
    folder.write(".git/x.rules", "hidden");
    folder.write(".hidden.rules", "hidden");
    RulebookText loaded = load();
    EXPECT_EQ(loaded_paths(loaded), (Names{"a.rules", "a/z.rules", "b.rules"}));
    EXPECT_EQ(loaded.sources.text(loaded.files[1]), "z");
    EXPECT_TRUE(diagnostics.empty());
}

TEST_F(LoadRulebook, ShowsPathsAsTheFolderWasGiven) {
    folder.write("a.rules", "a");
    fs::path before = fs::current_path();
    fs::current_path(folder.path());
    auto here = load_rulebook(".", diagnostics);
    fs::current_path(before);
    ASSERT_TRUE(here);
    EXPECT_EQ(here->sources.path(0), "a.rules");
    auto with_slash = load_rulebook(folder.name() + "/", diagnostics);
    EXPECT_EQ(with_slash->sources.path(0), folder.name() + "/a.rules");
}

TEST_F(LoadRulebook, AnEmptyFolderIsNoRulebook) {
    load();
    EXPECT_EQ(codes(), Names{"RB9002"});
}

TEST_F(LoadRulebook, WrongNamesAreWrongUsage) {
    folder.write("a.rules", "a");
    for (auto [name, code] : {std::pair{folder.name() + "/a.rules", "rulebook.no_folder"},
                              std::pair{folder.name() + "/none", "rulebook.no_folder"},
                              std::pair{std::string("main:rules"), "rulebook.revision"},
                              std::pair{std::string("HEAD~2:."), "rulebook.revision"}}) {
        auto loaded = load_rulebook(name, diagnostics);
        ASSERT_FALSE(loaded) << name;
        EXPECT_EQ(loaded.error().code, code);
    }
}

TEST_F(LoadRulebook, AFolderOrPipeInPlaceOfAFileIsReported) {
    folder.write("good.rules", "a");
    folder.write("folder.rules/inside.rules", "not searched");
    ASSERT_EQ(::mkfifo((folder.path() / "pipe.rules").c_str(), 0600), 0);
    RulebookText loaded = load();
    EXPECT_EQ(loaded_paths(loaded), Names{"good.rules"});
    EXPECT_EQ(codes(), (Names{"RB9001", "RB9001"}));
}

TEST_F(LoadRulebook, ALargeFileIsRefusedBeforeItIsRead) {
    folder.write("large.rules", "");
    fs::resize_file(folder.path() / "large.rules", std::uintmax_t{100} << 20U); // sparse
    RulebookText loaded = load();
    EXPECT_TRUE(loaded.files.empty());
    EXPECT_EQ(codes(), Names{"RB9003"});
}

TEST_F(LoadRulebook, TooManyFilesAreRefused) {
    for (std::size_t index = 0; index <= kMaximumRulesFiles; ++index)
        folder.write("r" + std::to_string(index) + ".rules", "");
    EXPECT_TRUE(load().files.empty());
    EXPECT_EQ(codes(), Names{"RB9004"});
}

TEST_F(LoadRulebook, LinksThatLeadOutAreNotFollowed) {
    TemporaryFolder outside;
    outside.write("secret.rules", "secret");
    folder.write("good.rules", "a");
    fs::create_symlink(outside.path() / "secret.rules", folder.path() / "link.rules");
    fs::create_directory_symlink(outside.path(), folder.path() / "elsewhere");
    fs::create_directory_symlink(folder.path(), folder.path() / "loop");
    RulebookText loaded = load();
    EXPECT_EQ(loaded_paths(loaded), Names{"good.rules"});
    EXPECT_EQ(codes(), Names{"RB9005"});
}

TEST_F(LoadRulebook, TheReaderStaysInTheFolder) {
    TemporaryFolder outside;
    outside.write("secret.csv", "secret");
    folder.write("a.rules", "a");
    folder.write("lists/free.csv", "x\n");
    fs::create_symlink(outside.path() / "secret.csv", folder.path() / "link.csv");
    RulebookText loaded = load();
    EXPECT_EQ(loaded.read("lists/free.csv").value(), "x\n");
    EXPECT_EQ(loaded.read("./lists/free.csv").value(), "x\n");
    EXPECT_EQ(loaded.read("lists/none.csv").error().code, "file.missing");
    EXPECT_EQ(loaded.read("lists").error().code, "file.unreadable");
    for (const std::string& path :
         {std::string("../secret.csv"), outside.name() + "/secret.csv", std::string("link.csv"),
          std::string("lists/../../x"), std::string(), std::string("a\0b", 3)})
        EXPECT_EQ(loaded.read(path).error().code, "file.outside") << path;
}

} // namespace
} // namespace rulec::tool
