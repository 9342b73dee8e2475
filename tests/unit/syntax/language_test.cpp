// language/ holds the code blocks of the language's description, as they stand there.
#include <gtest/gtest.h>

#include "tests/unit/syntax/parsing.hpp"

namespace rulec::testing {
namespace {

std::string all_diagnostics(const Parsed& parsed) {
    std::string out;
    for (const Diagnostic* diagnostic : parsed.diagnostics.sorted())
        out += std::string(diagnostic->code()) + " " + diagnostic->message + "\n";
    return out;
}

TEST(Language, EveryBlockParses) {
    auto files = rule_files("tests/unit/syntax/language");
    ASSERT_EQ(files.size(), 8U);
    for (const std::string& path : files) {
        Parsed parsed = parse(read_file(path));
        EXPECT_TRUE(parsed.diagnostics.empty()) << path << "\n" << all_diagnostics(parsed);
        EXPECT_TRUE(parsed.file.complete) << path;
        EXPECT_FALSE(parsed.file.declarations.empty()) << path;
    }
}

TEST(Language, NoBlockIsAmbiguous) {
    for (const std::string& path : rule_files("tests/unit/syntax/language")) {
        Sources sources;
        FileId file = sources.add(path, read_file(path));
        for (const Ambiguity& ambiguity : find_ambiguities(file, sources))
            ADD_FAILURE() << path << ": rule " << ambiguity.rule << " reads `"
                          << sources.text(ambiguity.span) << "` in two ways";
    }
}

// The search for ambiguities finds one where the language has one: a window behind `fired` belongs
// to `fired`, though the collection could take it, too.
TEST(Language, AKnownAmbiguityIsFound) {
    Sources sources;
    FileId file = sources.add("test.rules",
                              "define d = count(touches where contacted fired in last 90 days)");
    EXPECT_FALSE(find_ambiguities(file, sources).empty());
}

TEST(Language, PiecesAreTheText) {
    auto files = rule_files("tests");
    ASSERT_GT(files.size(), 8U);
    for (const std::string& path : files) {
        Parsed parsed = parse(read_file(path));
        EXPECT_EQ(parsed.text_of_pieces(), read_file(path)) << path;
    }
}

} // namespace
} // namespace rulec::testing
