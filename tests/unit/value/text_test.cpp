#include "runtime/value/text.hpp"

#include <regex>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "runtime/value/utf8.hpp"

namespace rulebook {
namespace {

TEST(Text, CountsCodePoints) {
    EXPECT_EQ(length(""), 0);
    EXPECT_EQ(length("grün"), 4);
    EXPECT_EQ(length("日本"), 2);
    EXPECT_EQ(length("a\xFFz"), 3);
}

TEST(Text, TrimsWhiteSpace) {
    EXPECT_EQ(trim("  a b\t\r\n"), "a b");
    EXPECT_EQ(trim("\u00A0\u3000grün\u2003"), "grün");
    EXPECT_EQ(trim("\u200Ba"), "\u200Ba"); // the zero-width space is none
    EXPECT_EQ(trim(" \t "), "");
    EXPECT_EQ(trim(""), "");
    EXPECT_EQ(trim(" \xFF "), "\xFF");
}

TEST(Text, LowersAndFolds) {
    EXPECT_EQ(lower("ÄÖÜ Straße ÉCOLE"), "äöü straße école");
    EXPECT_EQ(fold("STRASSE"), "strasse");
    EXPECT_EQ(fold("Straße"), "straße"); // simple folding: one code point stays one
    EXPECT_EQ(fold("ẞ"), "ß");
    EXPECT_EQ(fold("Σς"), "σσ");
    EXPECT_EQ(lower("Σς"), "σς");
    EXPECT_EQ(fold("\u212A"), "k"); // the Kelvin sign
    EXPECT_EQ(fold("A\xFF\xC3"), "a\xFF\xC3");
}

TEST(Text, ComparesIgnoringCase) {
    EXPECT_TRUE(contains_ignoring_case("Head of Design", "OF DES"));
    EXPECT_TRUE(contains_ignoring_case("Head", ""));
    EXPECT_FALSE(contains_ignoring_case("Head", "heads"));
    EXPECT_TRUE(starts_with_ignoring_case("ÄRZTE", "ä"));
    EXPECT_FALSE(starts_with_ignoring_case("a", "ab"));
    EXPECT_TRUE(ends_with_ignoring_case("LEÇON", "çon"));
}

TEST(Text, FindsWholeWords) {
    EXPECT_TRUE(has_word_ignoring_case("VP, Sales", "vp"));
    EXPECT_TRUE(has_word_ignoring_case("SVP and VP", "vp"));
    EXPECT_FALSE(has_word_ignoring_case("SVP", "vp"));
    EXPECT_FALSE(has_word_ignoring_case("VP2", "vp"));
    EXPECT_TRUE(has_word_ignoring_case("Senior Vice President", "vice president"));
    EXPECT_FALSE(has_word_ignoring_case("Vice Presidents", "vice president"));
    EXPECT_FALSE(has_word_ignoring_case("éva", "va"));
    EXPECT_FALSE(has_word_ignoring_case("vaé", "va"));
    EXPECT_TRUE(has_word_ignoring_case("R&D lead", "r&d"));
    EXPECT_TRUE(has_word_ignoring_case("C++ developer", "c++"));
    EXPECT_FALSE(has_word_ignoring_case("", "vp"));
    EXPECT_FALSE(has_word_ignoring_case("vp", ""));
}

TEST(Text, LikePatterns) {
    EXPECT_TRUE(LikePattern("Head of *").matches("HEAD OF design"));
    EXPECT_TRUE(LikePattern("Head of *").matches("head of "));
    EXPECT_FALSE(LikePattern("Head of *").matches("The head of design"));
    EXPECT_TRUE(LikePattern("*of*").matches("head of design"));
    EXPECT_TRUE(LikePattern("a*b*c").matches("aXbYbZc"));
    EXPECT_FALSE(LikePattern("a*b*c").matches("aXc"));
    EXPECT_FALSE(LikePattern("ab*ba").matches("aba"));
    EXPECT_TRUE(LikePattern("*").matches(""));
    EXPECT_TRUE(LikePattern("").matches(""));
    EXPECT_FALSE(LikePattern("").matches("a"));
    EXPECT_TRUE(LikePattern("VP").matches("vp"));
    EXPECT_TRUE(LikePattern("a.c").matches("A.C"));
    EXPECT_FALSE(LikePattern("a.c").matches("abc"));
}

TEST(Text, Domains) {
    EXPECT_EQ(domain("Ann@Example.COM"), "example.com");
    EXPECT_EQ(domain(" \"a@b\"@example.com "), "example.com");
    EXPECT_EQ(domain("example.com"), std::nullopt);
    EXPECT_EQ(domain("@example.com"), std::nullopt);
    EXPECT_EQ(domain("ann@"), std::nullopt);
    EXPECT_EQ(domain(""), std::nullopt);
}

rc::Gen<std::string> few_letters(const std::string& letters) {
    return rc::gen::resize(10, rc::gen::container<std::string>(rc::gen::elementOf(letters)));
}

RC_GTEST_PROP(Text, LikeAgreesWithARegularExpression, ()) {
    const auto text = *few_letters("aAb");
    const auto pattern = *few_letters("ab*");
    const std::regex regex(std::regex_replace(pattern, std::regex("\\*"), ".*"), std::regex::icase);
    RC_ASSERT(LikePattern(pattern).matches(text) == std::regex_match(text, regex));
}

RC_GTEST_PROP(Text, HasWordAgreesWithARegularExpression, ()) {
    const auto text = *few_letters("aAb ,");
    const auto word = *rc::gen::nonEmpty(few_letters("ab"));
    const std::regex regex("(^|[^ab])" + word + "($|[^ab])", std::regex::icase);
    RC_ASSERT(has_word_ignoring_case(text, word) == std::regex_search(text, regex));
}

RC_GTEST_PROP(Text, PlainestTextsAreTold, ()) {
    const auto text = *rc::gen::container<std::string>(rc::gen::weightedElement<char>(
        {{100, 'a'}, {40, '\x01'}, {40, '\x7F'}, {1, '\0'}, {1, '\x80'}}));
    const bool plain =
        text.find('\0') == std::string::npos && text.find('\x80') == std::string::npos;
    RC_ASSERT(is_ascii_without_nul(text) == plain);
}

RC_GTEST_PROP(Text, AnyBytesAreHandled, ()) {
    const auto text = *rc::gen::arbitrary<std::string>();
    RC_ASSERT(fold(fold(text)) == fold(text));
    RC_ASSERT(is_valid_utf8(text) == is_valid_utf8(fold(text)));
    RC_ASSERT(contains_ignoring_case(text, trim(text)));
    RC_ASSERT(length(text) <= static_cast<std::int64_t>(text.size()));
    (void)has_word_ignoring_case(text, text);
    (void)domain(text);
}

} // namespace
} // namespace rulebook
