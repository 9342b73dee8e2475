// Finds the admitted record that a key names. Internal to this folder.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/data/column.hpp"
#include "runtime/data/table.hpp"

namespace rulebook::data {

// Where a key leads besides to a row.
inline constexpr RowIndex kRejectedRow = 0xfffffffe; // some row of that key was read, none admitted
// kNoRow: nothing is known of the key

class KeyIndex {
public:
    KeyIndex() = default;
    // `read`: the keys of all rows that were read; sealed.
    explicit KeyIndex(const Column& read);

    // `admitted`: those of the rows that were admitted, in their final order.
    void admit(const Column& admitted);

    // For each row of `keys` where it leads, by the admitted column that the index is of.
    // An unknown key leads to kNoRow.
    std::vector<RowIndex> places(const Column& keys, const Column& admitted) const;

private:
    std::vector<RowIndex> text_places(const Column& keys, const Dictionary& own) const;

    std::vector<std::int64_t> numbers_; // of keys that are no text: sorted, each once
    std::vector<RowIndex> rows_;        // by text code, or by place in numbers_
};

} // namespace rulebook::data
