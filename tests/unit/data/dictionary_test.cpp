#include "runtime/data/dictionary.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace rulebook::data {
namespace {

RC_GTEST_PROP(Dictionary, IsTheSortedSetOfTheTexts, ()) {
    const auto texts = *rc::gen::container<std::vector<std::string>>(
        rc::gen::container<std::string>(rc::gen::element('a', 'b', '\0', '\xC3')));
    DictionaryBuilder builder;
    std::vector<TextCode> provisional;
    for (const std::string& text : texts)
        provisional.push_back(builder.add(text));
    std::vector<TextCode> final_codes;
    const Dictionary dictionary = builder.finish(final_codes);
    const std::set<std::string> distinct(texts.begin(), texts.end());
    RC_ASSERT(dictionary.size() == distinct.size());
    RC_ASSERT(builder.size() == 0U);
    TextCode code = 0;
    for (const std::string& text : distinct) {
        RC_ASSERT(dictionary.text(code) == text);
        RC_ASSERT(dictionary.find(text) == code++);
    }
    for (std::size_t i = 0; i < texts.size(); ++i)
        RC_ASSERT(dictionary.text(final_codes[provisional[i]]) == texts[i]);
    RC_ASSERT(!dictionary.find("c"));
}

// The dictionary of texts, made by `text_at`, and for each its final code.
struct Made {
    Dictionary dictionary;
    std::vector<TextCode> codes;
    std::size_t kept = 0; // texts that the builder held
};

template <class TextAt>
Made make(std::size_t count, const TextAt& text_at) {
    DictionaryBuilder builder;
    std::vector<TextCode> provisional;
    for (std::size_t i = 0; i < count; ++i)
        provisional.push_back(builder.add(text_at(i)));
    Made made;
    made.kept = builder.size();
    std::vector<TextCode> final_codes;
    made.dictionary = builder.finish(final_codes);
    for (const TextCode code : provisional)
        made.codes.push_back(final_codes[code]);
    return made;
}

template <class TextAt>
void expect_sorted_set(const Made& made, const TextAt& text_at) {
    for (TextCode code = 1; code < made.dictionary.size(); ++code)
        ASSERT_LT(made.dictionary.text(code - 1), made.dictionary.text(code));
    for (std::size_t i = 0; i < made.codes.size(); ++i)
        ASSERT_EQ(made.dictionary.text(made.codes[i]), text_at(i));
}

// Texts that come twice, far from each other: the builder, which has found hardly any repeats by
// then, no longer looks for all of them.
TEST(Dictionary, HoldsManyTexts) {
    const auto text_at = [](std::size_t i) { return std::to_string(i % 100'000); };
    const Made made = make(200'000, text_at);
    EXPECT_EQ(made.dictionary.size(), 100'000U);
    expect_sorted_set(made, text_at);
}

TEST(Dictionary, SeesThatDistinctTextsBeginToRepeat) {
    const auto text_at = [](std::size_t i) { return "customer " + std::to_string(i % 100'000); };
    const Made made = make(3'000'000, text_at);
    EXPECT_EQ(made.dictionary.size(), 100'000U);
    EXPECT_LT(made.kept, 300'000U);
    expect_sorted_set(made, text_at);
}

TEST(Dictionary, KeepsTextsOfWhichFewAreDistinctOnce) {
    const auto text_at = [](std::size_t i) { return std::to_string(i * 7 % 50'000); };
    const Made made = make(1'000'000, text_at);
    EXPECT_EQ(made.kept, 50'000U);
    expect_sorted_set(made, text_at);
}

// Long texts that begin alike, and more than eight bytes of them.
TEST(Dictionary, SortsTextsThatBeginAlike) {
    const auto text_at = [](std::size_t i) {
        const std::size_t mixed = i * 2'654'435'761U % 65'536;
        return "https://example.com/" + std::string(mixed % 3, 'x') + "/the same for all/" +
               std::to_string(mixed) + std::string(mixed % 2, '\0');
    };
    expect_sorted_set(make(80'000, text_at), text_at);
}

} // namespace
} // namespace rulebook::data
