#include "compiler/diagnostics/shell_word.hpp"

#include <gtest/gtest.h>

#include "compiler/diagnostics/source.hpp"

namespace rulec {
namespace {

TEST(ShellWord, QuotesWhatAShellWouldNotTakeAsItStands) {
    EXPECT_EQ(shell_word("rules/acme-2/weights_x.json"), "rules/acme-2/weights_x.json");
    EXPECT_EQ(shell_word("Büro/a.json"), "Büro/a.json");
    EXPECT_EQ(shell_word("our rules"), "'our rules'");
    EXPECT_EQ(shell_word("$HOME"), "'$HOME'");
    EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
    EXPECT_EQ(shell_word(""), "''");
}

TEST(Sources, NamesFilesAsTheCallerWould) {
    Sources sources;
    EXPECT_EQ(sources.path_in_folder("weights/a.json"), "weights/a.json");
    sources.set_folder("rules/acme");
    EXPECT_EQ(sources.path_in_folder("weights/a.json"), "rules/acme/weights/a.json");
    sources.set_folder("rules/acme/");
    EXPECT_EQ(sources.path_in_folder("weights/a.json"), "rules/acme/weights/a.json");
}

} // namespace
} // namespace rulec
