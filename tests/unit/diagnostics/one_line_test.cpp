#include "compiler/diagnostics/one_line.hpp"

#include <gtest/gtest.h>

namespace rulec {
namespace {

TEST(OneLine, LeavesOutCommentsAndWhiteSpace) {
    EXPECT_EQ(one_line("seats\r\n   <= /* few */ 3 // so\n and\tx"), "seats <= 3 and x");
    EXPECT_EQ(one_line("  a  "), "a");
    EXPECT_EQ(one_line(""), "");
}

TEST(OneLine, LeavesTextsAsWritten) {
    EXPECT_EQ(one_line(R"(name is  "a  // b"  or x)"), R"(name is "a  // b" or x)");
    EXPECT_EQ(one_line(R"("a \" /* b"   c)"), R"("a \" /* b" c)");
}

TEST(OneLine, TakesWhatIsNeverClosed) {
    EXPECT_EQ(one_line("a /* b"), "a");
    EXPECT_EQ(one_line("a \"b  c"), "a \"b  c");
    EXPECT_EQ(one_line("a \"b\\"), "a \"b\\");
}

TEST(OneLine, CutsBetweenWords) {
    EXPECT_EQ(one_line("one two three", 5), "one two …");
    EXPECT_EQ(one_line("one two three", 50), "one two three");
}

} // namespace
} // namespace rulec
