// Texts before they are sentences: encodings, comments, what the scanner refuses, kinds of pieces.
#include <gtest/gtest.h>

#include "tests/unit/syntax/parsing.hpp"
#include "tests/unit/syntax/shown.hpp"

namespace rulec::testing {
namespace {

TEST(Words, LineEndsAndByteOrderMark) {
    EXPECT_EQ(parse("define a = 1\r\ndefine b = 2\r\n").file.declarations.size(), 2U);
    EXPECT_EQ(parse("define a = 1\rdefine b = 2\r").codes(), "");
    Parsed marked = parse("\xef\xbb\xbf"
                          "define a = 1");
    EXPECT_EQ(marked.codes(), "");
    EXPECT_EQ(marked.file.tokens.front().kind, ast::TokenKind::Space);
    EXPECT_EQ(parse("define a = \xef\xbb\xbf 1").codes(), "RB0010");
}

TEST(Words, EmptyFiles) {
    for (const char* text :
         {"", " ", "\n", "// only a comment", "/* and another */", "\xef\xbb\xbf"}) {
        Parsed parsed = parse(text);
        EXPECT_EQ(parsed.codes(), "") << text;
        EXPECT_TRUE(parsed.file.complete);
        EXPECT_EQ(parsed.text_of_pieces(), text);
    }
}

// Characters beyond ASCII, in a text and outside of one; those that the grammar names among them.
TEST(Words, BeyondAscii) {
    EXPECT_EQ(parse("define a = \"ü€日本😀\" // ü€日本😀").codes(), "");
    EXPECT_EQ(parse("define a = ü").codes().substr(0, 6), "RB0010");
    EXPECT_EQ(parse("define a = “ü日”").codes(), parse("define a = “x”").codes());
    EXPECT_EQ(parse("define a = 5€").codes(), parse("define a = 5$").codes());
}

// Marks stand in the order of their classes before letters are composed with them: dot below,
// acute.
TEST(Words, MarksAreOrdered) {
    EXPECT_EQ(parse("define a = \"\u1eb9\u0301\"").codes(), "");
    EXPECT_EQ(parse("define a = \"e\u0323\u0301\"").codes(), "RB0017");
    const Parsed other = parse("define a = \"e\u0301\u0323\"");
    ASSERT_EQ(other.codes(), "RB0017");
    ASSERT_EQ(other.diagnostics.sorted().front()->edits.size(), 1U);
    EXPECT_EQ(other.diagnostics.sorted().front()->edits.front().replacement, "\"\u1eb9\u0301\"");
}

TEST(Words, RefusedCharacters) {
    EXPECT_EQ(parse("define a = \"\xff\"").codes(), "RB0002");
    EXPECT_EQ(parse("define a = \"\xed\xa0\x80\"").codes(), "RB0002"); // a surrogate
    EXPECT_EQ(parse("define a = \"\xc0\xaf\"").codes(), "RB0002");     // overlong
    EXPECT_EQ(parse(std::string("define a = 1 \0", 14)).codes(), "RB0003");
    EXPECT_EQ(parse("define a = 1 \x7f").codes(), "RB0003");
    EXPECT_EQ(parse("define a = \"\xe2\x80\xae\"").codes(), "RB0004"); // in a text
    EXPECT_EQ(parse("// \xe2\x81\xa6").codes(), "RB0004");             // in a comment
    EXPECT_EQ(parse("define a = 1 ;").codes(), "RB0010");
    EXPECT_EQ(parse("define a = \xe2\x82\xac").codes().substr(0, 6), "RB0010"); // a lone €
}

TEST(Words, Fixes) {
    struct Case {
        const char* text;
        const char* code;
        const char* replacement;
    };
    for (const Case& each : std::initializer_list<Case>{
             {"define a = count(x in last 30days)", "RB0011", "30 days"},
             {"define a = $1,000", "RB0011", "$1_000"},
             {"define a = 2026-1-5", "RB0012", "2026-01-05"},
             {"define a = 2026/01/05", "RB0012", "2026-01-05"},
             {"define a = 'x'", "RB0015", "\"x\""},
             {"define a = \xe2\x80\x9cx\xe2\x80\x9d", "RB0015", "\"x\""},
             {"define a = \"e\xcc\x81\"", "RB0017", "\"\xc3\xa9\""},
             {"define a = x = 1", "RB0120", "is"},
             {"define a = x is not in (1, 2)", "RB0122", "not "},
         }) {
        Parsed parsed = parse(each.text);
        ASSERT_FALSE(parsed.diagnostics.empty()) << each.text;
        const Diagnostic& first = parsed.first();
        EXPECT_EQ(first.code(), each.code) << each.text;
        ASSERT_EQ(first.edits.size(), 1U) << each.text;
        EXPECT_EQ(first.edits[0].replacement, each.replacement) << each.text;
    }
    EXPECT_TRUE(parse("define a = 31.01.2026").first().edits.empty()); // day or month first?
}

TEST(Words, UnclosedTextsAndComments) {
    Parsed text = parse("define a = \"x\ndefine b = 2");
    EXPECT_EQ(text.codes(), "RB0014");
    EXPECT_EQ(text.file.declarations.size(), 2U);
    EXPECT_EQ(parse("define a = 1 /* no end * ").codes(), "RB0016");
    EXPECT_EQ(parse("define a = 1 /***/ /**/ /* * / */").codes(), "");
}

TEST(Words, Templates) {
    Parsed parsed = parse("trigger t { say \"{{x}} is {a.b + 1} of {c}\" }");
    EXPECT_EQ(parsed.codes(), "");
    EXPECT_EQ(shown(parsed.file, parsed.only<ast::Trigger>().say),
              "(text \"{x} is \" (+ (. a b) 1) \" of \" c \"\")");
    Parsed plain = parse("trigger t { say \"{{x}}\" }");
    EXPECT_EQ(shown(plain.file, plain.only<ast::Trigger>().say), "\"{x}\"");
    EXPECT_EQ(parse("trigger t { say \"a {b\" }").codes(), "RB0021");
    EXPECT_EQ(parse("trigger t { say \"a } b\" }").codes(), "RB0022");
    EXPECT_EQ(parse("trigger t { say \"a {} b\" }").codes(), "RB0025");
    EXPECT_EQ(parse("trigger t { say \"a {b +} c\" }").codes(), "RB0102");
    EXPECT_EQ(parse("trigger t { say \"a {b is 'c'}\" }").codes(), "RB0026");
    EXPECT_EQ(parse("trigger t { say \"a {b is \\\"c\\\"}\" }").codes(), "RB0026");
    Parsed ends = parse("trigger t { say \"a {b is \"c\"}\" }");
    EXPECT_EQ(ends.codes(), "RB0026");
    EXPECT_EQ(ends.first_place(), "\"c\"");
    EXPECT_TRUE(ends.first().edits.empty());
    EXPECT_EQ(parse("trigger t { say \"a {b c} d\" }").codes(), "RB0107");
    EXPECT_EQ(parse("trigger t { say \"\\u{7b}a\\u{7d}\" }").codes(), "");
    // Texts elsewhere hold braces as they are.
    EXPECT_EQ(parse("define a = \"{ {\"").codes(), "");
    Parsed place = parse("trigger t { say \"é {b is in (c, d)}\" }");
    EXPECT_EQ(place.codes(), "RB0122");
    EXPECT_EQ(place.first_place(), "is");
}

// Only where a text is the result it interpolates.
TEST(Words, TemplatesInOutputs) {
    Parsed parsed =
        parse("decide d -> text { choose if a is \"{\" then \"{b}\" else c default \"{d}\" "
              "otherwise }");
    EXPECT_EQ(parsed.codes(), "");
    EXPECT_EQ(shown(parsed.file, parsed.only<ast::Decide>().choices[0].value),
              "(if (is a \"{\") (text \"\" b \"\") (default c (text \"\" d \"\")))");
}

TEST(Words, KindsOfPieces) {
    Parsed parsed = parse("define days = 7 days // note");
    std::string kinds;
    for (const ast::Token& token : parsed.file.tokens)
        kinds += std::to_string(static_cast<int>(token.kind));
    auto kind = [](ast::TokenKind k) { return std::to_string(static_cast<int>(k)); };
    std::string space = kind(ast::TokenKind::Space);
    std::string keyword = kind(ast::TokenKind::Keyword);
    EXPECT_EQ(kinds, keyword + space + kind(ast::TokenKind::Name) + space +
                         kind(ast::TokenKind::Punctuation) + space + kind(ast::TokenKind::Number) +
                         space + keyword + space + kind(ast::TokenKind::LineComment));
}

} // namespace
} // namespace rulec::testing
