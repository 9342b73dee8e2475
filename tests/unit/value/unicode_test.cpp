#include "runtime/value/unicode.hpp"

#include <cstdlib>
#include <memory>

#include <gtest/gtest.h>
#include <utf8proc.h>

#include "runtime/value/utf8.hpp"

namespace rulebook {
namespace {

// Every code point that is no surrogate.
template <class Check>
void for_every_code_point(Check check) {
    for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point)
        if (code_point < 0xD800 || code_point > 0xDFFF)
            check(code_point);
}

// The full case folding by another library.
std::u32string full_folding(char32_t code_point) {
    const auto code = static_cast<utf8proc_int32_t>(code_point);
    std::array<utf8proc_int32_t, 8> folded{};
    int boundary_class = 0;
    const auto count = utf8proc_decompose_char(code, folded.data(), folded.size(),
                                               UTF8PROC_CASEFOLD, &boundary_class);
    return {folded.begin(), folded.begin() + count};
}

class Unicode : public testing::Test {
protected:
    // The other library may carry another version of Unicode than the tables here.
    void SetUp() override {
        if (utf8proc_unicode_version() != unicode_version())
            GTEST_SKIP() << "utf8proc is of Unicode " << utf8proc_unicode_version();
    }
};

TEST_F(Unicode, FoldsAsTheFullFoldingWhereThatIsOneCodePoint) {
    int folded = 0;
    for_every_code_point([&](char32_t c) {
        const std::u32string full = full_folding(c);
        if (full.size() == 1)
            ASSERT_EQ(fold_case(c), full.front()) << std::hex << static_cast<unsigned>(c);
        else // İ has no simple folding; the others that have one fold to their lower case
            ASSERT_TRUE(fold_case(c) == c || fold_case(c) == lower_case(c));
        folded += fold_case(c) != c ? 1 : 0;
        ASSERT_EQ(fold_case(fold_case(c)), fold_case(c));
    });
    EXPECT_GT(folded, 1'400);
}

TEST_F(Unicode, LowersAsTheOtherLibraryDoes) {
    for_every_code_point([](char32_t c) {
        ASSERT_EQ(static_cast<utf8proc_int32_t>(lower_case(c)),
                  utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
    });
}

TEST_F(Unicode, WordsAreLettersMarksAndNumbers) {
    for_every_code_point([](char32_t c) {
        const std::string category = utf8proc_category_string(static_cast<utf8proc_int32_t>(c));
        ASSERT_EQ(is_word_character(c), std::string("LMN").find(category[0]) != std::string::npos)
            << std::hex << static_cast<unsigned>(c);
    });
}

TEST(Utf8, EveryCodePointSurvives) {
    for_every_code_point([](char32_t c) {
        std::string text;
        append_utf8(text, c);
        ASSERT_TRUE(is_valid_utf8(text));
        std::string_view rest = text;
        ASSERT_EQ(take_code_point(rest), c);
        ASSERT_TRUE(rest.empty());
    });
}

TEST(Utf8, RefusesWhatIsNotWellFormed) {
    for (const char* text : {"\x80", "\xC0\xAF", "\xC1\xBF", "\xC3", "\xE0\x80\xAF", "\xED\xA0\x80",
                             "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE2\x82",
                             "\xF0\x80\x80\xAF", "a\xC3(b"})
        EXPECT_FALSE(is_valid_utf8(text)) << text;
    EXPECT_TRUE(is_valid_utf8(""));
    EXPECT_TRUE(is_valid_utf8("gr\xC3\xBC\xC3\x9F"));
}

} // namespace
} // namespace rulebook
