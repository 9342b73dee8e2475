// Comparing and hashing of texts that are mostly short, without calls. Internal to this folder.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace rulebook::data {

template <class Word>
std::uint64_t load_word(const char* bytes) {
    Word word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

// Up to eight bytes as a number; others than these give another one. Loads of fixed sizes, which
// overlap, since a copy of a size that is not known is a call.
inline std::uint64_t word_of(std::string_view text) {
    const char* const bytes = text.data();
    const std::size_t count = text.size();
    if (count >= sizeof(std::uint32_t))
        return load_word<std::uint32_t>(bytes) |
               load_word<std::uint32_t>(bytes + count - sizeof(std::uint32_t)) << 32U;
    if (count == 0)
        return 0;
    return load_word<std::uint8_t>(bytes) | load_word<std::uint8_t>(bytes + count / 2) << 8U |
           load_word<std::uint8_t>(bytes + count - 1) << 16U;
}

// Eight bytes at a step. Only tables in memory depend on it, no result does.
inline std::uint32_t hash_of(std::string_view text) {
    constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15U;
    constexpr std::size_t kWord = sizeof(std::uint64_t);
    const auto mixed = [](std::uint64_t hash, std::uint64_t word) {
        hash = (hash ^ word) * kOdd;
        return hash ^ hash >> 32U;
    };
    std::uint64_t hash = text.size() * kOdd;
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left > kWord; at += kWord, left -= kWord)
        hash = mixed(hash, load_word<std::uint64_t>(at));
    hash = mixed(hash, word_of({at, left}));
    return static_cast<std::uint32_t>(hash ^ hash >> 29U);
}

// As ==, without a call where the texts are short.
inline bool same_bytes(std::string_view a, std::string_view b) {
    constexpr std::size_t kShort = 2 * sizeof(std::uint64_t);
    if (a.size() != b.size())
        return false;
    if (a.size() > kShort)
        return a == b;
    const std::size_t half = std::min(a.size(), sizeof(std::uint64_t));
    return word_of(a.substr(0, half)) == word_of(b.substr(0, half)) &&
           word_of(a.substr(a.size() - half)) == word_of(b.substr(b.size() - half));
}

} // namespace rulebook::data
