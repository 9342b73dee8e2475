// Rows of one key: which of them stands for all. Internal to this folder.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/data/raw_table.hpp"

namespace rulebook::data {

// What became of a row.
enum class Fate : std::uint8_t { Kept, Rejected, Duplicate, Merged };

struct ConflictingRow {
    RowIndex row;
    std::size_t column; // the first in which the rows of the key differ
};

// Settles the rows of a table with a key that are Kept so far. Of identical rows one stays Kept,
// the others become Duplicate. Rows that differ only in what became known later are merged into one
// that stays Kept, the others become Merged. Of any others all become Rejected and are returned.
// The result does not depend on the order of the rows, but for which of equal ones is kept.
std::vector<ConflictingRow> settle_duplicates(RawTable& table, std::vector<Fate>& fates);

// The order of contents, the parent's key left out. Less than, equal to or greater than 0. What is
// unknown is equal, whatever the causes.
int compare_contents(const RawTable& table, RowIndex a, RowIndex b);
// By the causes of unknowns, to settle which of equal contents comes first.
int compare_causes(const RawTable& table, RowIndex a, RowIndex b);

} // namespace rulebook::data
