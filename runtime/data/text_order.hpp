// Sorts many texts. Internal to this folder.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/data/growing_array.hpp"

namespace rulebook::data {

// Texts that stand one behind the other: text i ends at ends[i].
struct TextRun {
    std::string_view bytes;
    std::span<const std::uint64_t> ends;

    std::size_t size() const { return ends.size(); }
    std::string_view text(std::size_t at) const {
        const std::uint64_t start = at == 0 ? 0 : ends[at - 1];
        return bytes.substr(start, ends[at] - start);
    }
};

struct OrderedText {
    std::uint64_t leading; // the first bytes in which texts differ, see text_order.cpp
    std::uint32_t place;
    bool repeats; // the text before it
};

// The texts by their bytes; equal ones in the order of their places.
GrowingArray<OrderedText> in_order_of_texts(const TextRun& texts);

} // namespace rulebook::data
