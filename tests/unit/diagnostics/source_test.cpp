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

TEST(Sources, ColumnsOfLongLines) {
    for (const std::string mark : {"", "\xEF\xBB\xBF"}) {
        std::string text = mark;
        for (int i = 0; i < 500'000; ++i)
            text += i % 3 == 0 ? "é" : i % 3 == 1 ? "x" : "€";
        text += "\nx" + text.substr(mark.size());
        Sources sources;
        const FileId file = sources.add("a.rules", text);
        std::uint32_t line = 1;
        std::uint32_t column = 1;
        for (auto at = static_cast<std::uint32_t>(mark.size()); at < text.size(); ++at) {
            if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
                continue; // inside of a code point
            if (at % 7 == 0) {
                ASSERT_EQ(sources.position(file, at), (Position{line, column})) << at;
            }
            line += text[at] == '\n' ? 1 : 0;
            column = text[at] == '\n' ? 1 : column + 1;
        }
    }
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
