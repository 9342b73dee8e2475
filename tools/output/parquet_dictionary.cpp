#include "tools/output/parquet_dictionary.hpp"

#include <cstddef>

namespace rulec::output {

namespace {

constexpr std::size_t kMostDistinct = 1U << 15U;

// A dictionary of so many values for so many rows saves nothing.
bool too_many(std::size_t distinct, std::size_t rows) {
    constexpr std::size_t kEnough = 512; // to see how often values come twice
    return distinct > kMostDistinct || (distinct > kEnough && distinct * 2 > rows);
}

// The same of texts that came with codes.
std::optional<DictionaryCodes> dictionary_of_codes(const CollectedColumn& column) {
    constexpr std::uint32_t kNone = 0xffff'ffff;
    DictionaryCodes made;
    made.codes.reserve(column.codes.size());
    std::vector<std::uint32_t> places(column.texts.size(), kNone); // by code
    for (std::size_t row = 0; row < column.codes.size(); ++row) {
        if (!column.is_known(row))
            continue;
        std::uint32_t& place = places[column.codes[row]];
        if (place == kNone)
            place = made.texts.add(column.text(row));
        made.codes.push_back(place);
        if (too_many(made.texts.size(), made.codes.size()))
            return std::nullopt;
    }
    return made;
}

} // namespace

std::optional<DictionaryCodes> dictionary_of_texts(const CollectedColumn& column) {
    if (!column.codes.empty())
        return dictionary_of_codes(column);
    DictionaryCodes made;
    made.codes.reserve(column.ends.size());
    for (std::size_t row = 0; row < column.ends.size(); ++row) {
        if (!column.is_known(row))
            continue;
        made.codes.push_back(made.texts.add(column.text(row)));
        if (too_many(made.texts.size(), made.codes.size()))
            return std::nullopt;
    }
    return made;
}

// Few integers: where there are more, they are as well written as they are.
std::optional<DictionaryCodes> dictionary_of_integers(const CollectedColumn& column) {
    constexpr std::size_t kMost = 2048;
    constexpr std::size_t kSlots = 4 * kMost;
    constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15U;
    constexpr unsigned kHashBits = 64 - 13;
    static_assert(kSlots == std::size_t{1} << (64 - kHashBits));
    constexpr std::uint32_t kFree = 0xffff'ffff;
    DictionaryCodes made;
    made.codes.reserve(column.integers.size());
    std::vector<std::uint32_t> slots(kSlots, kFree); // open addressing
    for (std::size_t row = 0; row < column.integers.size(); ++row) {
        if (!column.is_known(row))
            continue;
        const std::int64_t value = column.integers[row];
        std::size_t at = static_cast<std::uint64_t>(value) * kOdd >> kHashBits;
        while (slots[at] != kFree && made.integers[slots[at]] != value)
            at = (at + 1) % kSlots;
        if (slots[at] == kFree) {
            slots[at] = static_cast<std::uint32_t>(made.integers.size());
            made.integers.push_back(value);
        }
        made.codes.push_back(slots[at]);
        if (made.integers.size() > kMost || too_many(made.integers.size(), made.codes.size()))
            return std::nullopt;
    }
    return made;
}

} // namespace rulec::output
