#include "tools/data/duckdb_texts.hpp"

#include <bit>
#include <cstring>
#include <string_view>

namespace rulec::input {

namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);

bool is_known(KnownBits known, std::size_t row) {
    constexpr std::size_t kBits = 64;
    return known == nullptr || (known[row / kBits] >> (row % kBits) & 1U) != 0;
}

// A text in DuckDB's form is 16 bytes: its size, and the text itself, or its first four bytes and
// where it lies. A short one is followed by zeros.
struct Words {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
};
static_assert(sizeof(duckdb_string_t) == sizeof(Words));

Words words_of(const duckdb_string_t& text) {
    return std::bit_cast<Words>(text);
}

std::string_view view_of(const duckdb_string_t& text) {
    auto copy = text; // the interface wants what it could change
    if (duckdb_string_is_inlined(copy))
        return {text.value.inlined.inlined, text.value.inlined.length};
    return {text.value.pointer.ptr, text.value.pointer.length};
}

std::uint64_t hash_of(const duckdb_string_t& text) {
    constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15U;
    Words words = words_of(text);
    if (!duckdb_string_is_inlined(text)) {
        const std::string_view bytes = view_of(text);
        std::memcpy(&words.second, bytes.data() + bytes.size() - kWord, kWord);
    }
    const std::uint64_t mixed = (words.first ^ std::rotl(words.second, 29)) * kOdd;
    return mixed ^ mixed >> 32U;
}

bool same(const duckdb_string_t& a, const duckdb_string_t& b) {
    const Words one = words_of(a);
    const Words other = words_of(b);
    if (one.first != other.first)
        return false;
    return one.second == other.second || (!duckdb_string_is_inlined(a) && view_of(a) == view_of(b));
}

} // namespace

std::optional<JoinedTexts> DuckdbTexts::joined(std::span<const duckdb_string_t> texts,
                                               KnownBits known) {
    JoinedTexts joined;
    joined.ends.reserve(texts.size() + 1);
    std::size_t bytes = 0;
    for (std::size_t row = 0; row < texts.size(); ++row)
        bytes += is_known(known, row) ? view_of(texts[row]).size() : 0;
    if (!joined.can_add(bytes))
        return std::nullopt;
    joined.bytes.reserve(bytes);
    for (std::size_t row = 0; row < texts.size(); ++row) {
        const auto text = is_known(known, row) ? view_of(texts[row]) : std::string_view();
        joined.add(text.data(), text.size());
    }
    return joined;
}

// Nothing: there are too many already.
std::optional<std::uint8_t> DuckdbTexts::index_of(const duckdb_string_t& text,
                                                  IndexedTexts& found) {
    std::size_t at = hash_of(text) % kSlots;
    for (; slots_[at].chunk == chunk_; at = (at + 1) % kSlots)
        if (same(slots_[at].text, text))
            return slots_[at].index;
    const std::size_t index = found.dictionary.ends.size() - 1;
    const std::string_view bytes = view_of(text);
    if (index == kMostTexts || !found.dictionary.can_add(bytes.size()))
        return std::nullopt;
    slots_[at] = {chunk_, static_cast<std::uint8_t>(index), text};
    found.dictionary.add(bytes.data(), bytes.size());
    return slots_[at].index;
}

std::optional<IndexedTexts> DuckdbTexts::indexed(std::span<const duckdb_string_t> texts,
                                                 KnownBits known) {
    constexpr unsigned kOftenEnough = 8;
    constexpr std::size_t kRowsOfText = 4; // at least, on average
    if (vain_ == kOftenEnough)
        return std::nullopt;
    if (++chunk_ == 0) // numbers of chunks begin anew
        slots_.clear();
    if (slots_.empty()) {
        slots_.resize(kSlots);
        chunk_ = 1;
    }
    ++vain_;
    IndexedTexts found;
    found.indexes.resize(texts.size());
    for (std::size_t row = 0; row < texts.size(); ++row) {
        if (!is_known(known, row))
            continue;
        const auto index = index_of(texts[row], found);
        if (!index)
            return std::nullopt;
        found.indexes[row] = *index;
    }
    if ((found.dictionary.ends.size() - 1) * kRowsOfText > texts.size())
        return std::nullopt;
    vain_ = 0;
    return found;
}

} // namespace rulec::input
