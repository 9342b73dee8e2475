#include "compiler/diagnostics/source.hpp"

#include <gtest/gtest.h>

namespace rulec {
namespace {

TEST(Sources, PositionsCountFromOneInCodePoints) {
    Sources sources;
    FileId file = sources.add("a.rules", "fit é {\n  x\n");
    EXPECT_EQ(sources.position(file, 0), (Position{1, 1}));
    EXPECT_EQ(sources.position(file, 4), (Position{1, 5}));
    EXPECT_EQ(sources.position(file, 7), (Position{1, 7})) << "é is two bytes, one column";
    EXPECT_EQ(sources.position(file, 11), (Position{2, 3}));
    EXPECT_EQ(sources.position(file, 13), (Position{3, 1}));
    EXPECT_EQ(sources.position(file, 4'000), (Position{3, 1})) << "behind the end is the end";
}

TEST(Sources, LinesComeWithoutTheirBreak) {
    Sources sources;
    FileId file = sources.add("a.rules", "one\r\ntwo\nthree");
    EXPECT_EQ(sources.line_count(file), 3U);
    EXPECT_EQ(sources.line_text(file, 1), "one");
    EXPECT_EQ(sources.line_text(file, 2), "two");
    EXPECT_EQ(sources.line_text(file, 3), "three");
    EXPECT_EQ(sources.line_text(file, 4), "");
    EXPECT_EQ(sources.line_begin(file, 2), 5U);
}

TEST(Sources, AByteOrderMarkTakesNoColumn) {
    Sources sources;
    FileId file = sources.add("a.rules", "\xEF\xBB\xBFx y");
    EXPECT_EQ(sources.position(file, 5), (Position{1, 3}));
}

TEST(Sources, EmptyTextHasOneLine) {
    Sources sources;
    FileId file = sources.add("a.rules", "");
    EXPECT_EQ(sources.line_count(file), 1U);
    EXPECT_EQ(sources.position(file, 0), (Position{1, 1}));
}

TEST(Sources, ViewsSurviveFurtherFiles) {
    Sources sources;
    FileId first = sources.add("a.rules", "abc");
    std::string_view text = sources.text(first);
    for (int file = 0; file < 100; ++file)
        sources.add("b.rules", "x");
    EXPECT_EQ(text, "abc");
    EXPECT_EQ(sources.text(first).data(), text.data());
}

TEST(Spans, CoverAndContain) {
    Span first{0, 2, 5};
    Span last{0, 9, 12};
    EXPECT_EQ(first.to(last), (Span{0, 2, 12}));
    EXPECT_TRUE(first.to(last).contains(last));
    EXPECT_FALSE(last.contains(first));
    EXPECT_FALSE(Span{}.somewhere());
    Sources sources;
    FileId file = sources.add("a.rules", "hello world");
    EXPECT_EQ(sources.text({file, 6, 11}), "world");
    EXPECT_EQ(sources.text({file, 600, 601}), "");
    EXPECT_EQ(sources.text(Span{}), "");
}

} // namespace
} // namespace rulec
