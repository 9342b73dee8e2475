// In which order the rows of a table lie in its index; internal to this folder.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/native/table_index.hpp"

namespace rulebook::native {

using RankRanges = std::vector<RankRange>;

struct RowOrder {
    std::vector<std::uint32_t> rows; // places in the table's order
    bool is_of_table = true;
};

// Rows that can match the same records side by side, so that most words of bits hold no row that
// may match, and are passed over. Where many rows match a record they stay in the table's order: it
// takes few of them to find the first. `ranges`: by row, then column; `ranks`: by column.
RowOrder order_of_rows(std::span<const std::vector<RankRanges>> ranges,
                       std::span<const Rank> ranks);

} // namespace rulebook::native
