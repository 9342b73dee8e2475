// Sorts many texts. Internal to this folder.
#pragma once

#include <cstdint>

#include "runtime/data/growing_array.hpp"
#include "runtime/data/text_array.hpp"

namespace rulebook::data {

struct OrderedText {
    std::uint64_t leading; // the first bytes in which texts differ, see text_order.cpp
    std::uint32_t place;
    bool repeats; // the text before it
};

// The texts by their bytes; equal ones in the order of their places.
GrowingArray<OrderedText> in_order_of_texts(const TextArray& texts);

} // namespace rulebook::data
