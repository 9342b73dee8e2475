// Texts of DuckDB as Arrow holds them. Internal to librulebook_duckdb.so.
#pragma once

#include <duckdb.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rulec::input {

// Bits by row, from the first one on; null: all are known.
using KnownBits = const std::uint64_t*;

// One text behind the other, and where each ends, after a first 0.
struct JoinedTexts {
    std::vector<std::int32_t> ends = {0};
    std::string bytes;

    // Whether there is room for so many bytes.
    bool can_add(std::size_t size) const {
        return size <= std::numeric_limits<std::int32_t>::max() - bytes.size();
    }
    void add(const char* text, std::size_t size) {
        bytes.append(text, size);
        ends.push_back(static_cast<std::int32_t>(bytes.size()));
    }
};

struct IndexedTexts {
    std::vector<std::uint8_t> indexes; // by row; behind a null stands anything
    JoinedTexts dictionary;            // each text once, in the order in which they come
};

// The texts of one column, chunk by chunk. Not thread-safe.
class DuckdbTexts {
public:
    // Nothing where they are not worth it: many texts are distinct. After some such chunks it is
    // not tried any more.
    std::optional<IndexedTexts> indexed(std::span<const duckdb_string_t> texts, KnownBits known);
    // Nothing where they are of more than 2 GB.
    static std::optional<JoinedTexts> joined(std::span<const duckdb_string_t> texts,
                                             KnownBits known);

private:
    static constexpr std::size_t kMostTexts = 128;
    static constexpr std::size_t kSlots = 4 * kMostTexts;

    std::optional<std::uint8_t> index_of(const duckdb_string_t& text, IndexedTexts& found);

    struct Slot {
        std::uint16_t chunk = 0; // in use if it is this one's
        std::uint8_t index = 0;
        duckdb_string_t text{};
    };

    std::vector<Slot> slots_; // open addressing
    std::uint16_t chunk_ = 0;
    unsigned vain_ = 0; // chunks, one after the other, that were tried in vain
};

} // namespace rulec::input
