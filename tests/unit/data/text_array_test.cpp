#include "runtime/data/text_array.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace rulebook::data {
namespace {

// Eight bits of each end are kept: they start again every 256 bytes, as 32 bits do every 4 GiB.
RC_GTEST_PROP(TextArray, HoldsTextsBeyondTheBitsThatAreKept, ()) {
    const auto lengths = *rc::gen::container<std::vector<std::uint8_t>>(
        rc::gen::oneOf(rc::gen::arbitrary<std::uint8_t>(), rc::gen::element<std::uint8_t>(0, 255)));
    TextArrayOf<std::uint8_t> array;
    std::vector<std::string> texts;
    for (const std::uint8_t length : lengths) {
        texts.emplace_back(length, static_cast<char>('a' + texts.size() % 26));
        array.append(texts.back());
    }
    RC_ASSERT(array.size() == texts.size());
    std::string all;
    for (std::size_t at = 0; at < texts.size(); ++at) {
        RC_ASSERT(array.text(at) == texts[at]);
        all += texts[at];
    }
    RC_ASSERT(array.bytes() == all);
}

} // namespace
} // namespace rulebook::data
