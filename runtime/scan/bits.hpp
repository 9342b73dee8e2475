// One bit a record, 64 to a word, the first in the lowest.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace rulebook::scan {

using Word = std::uint64_t;
inline constexpr std::size_t kBitsOfWord = 64;

constexpr std::size_t words_for(std::size_t bits) {
    return (bits + kBitsOfWord - 1) / kBitsOfWord;
}

// Of the records of one collection of a piece, in their order. Behind the last one no bit is set.
using Plane = std::vector<Word>;

// Calls visit(place) for every bit of a word that is set; `first` is the place of its lowest.
template <class Visit>
void for_each_bit(Word word, std::size_t first, Visit&& visit) {
    for (; word != 0; word &= word - 1)
        visit(first + static_cast<std::size_t>(std::countr_zero(word)));
}

// For every bit at a place in [first, last).
template <class Visit>
void for_each_bit_between(const Plane& plane, std::size_t first, std::size_t last, Visit&& visit) {
    for (std::size_t word = first / kBitsOfWord; word * kBitsOfWord < last; ++word) {
        const std::size_t place = word * kBitsOfWord;
        Word these = plane[word];
        if (place < first)
            these &= ~Word{0} << (first - place);
        if (last - place < kBitsOfWord)
            these &= (Word{1} << (last - place)) - 1;
        for_each_bit(these, place, visit);
    }
}

} // namespace rulebook::scan
