#include "runtime/data/dictionary.hpp"

#include <algorithm>
#include <set>

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

TEST(Dictionary, HoldsManyTexts) {
    DictionaryBuilder builder;
    for (int round = 0; round < 2; ++round)
        for (int i = 0; i < 100'000; ++i)
            EXPECT_EQ(builder.add(std::to_string(i)), static_cast<TextCode>(i));
    std::vector<TextCode> final_codes;
    const Dictionary dictionary = builder.finish(final_codes);
    EXPECT_EQ(dictionary.size(), 100'000U);
    EXPECT_EQ(dictionary.text(0), "0");
    EXPECT_EQ(dictionary.text(1), "1");
    EXPECT_EQ(dictionary.text(2), "10");
}

} // namespace
} // namespace rulebook::data
