// The admitted records of one entity, column by column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "runtime/data/column.hpp"
#include "runtime/plan/schema.hpp"

namespace rulebook::data {

inline constexpr RowIndex kNoRow = 0xffffffff;

// The rows first, first + 1, …, last - 1.
struct RowRange {
    RowIndex first = 0;
    RowIndex last = 0;

    std::size_t size() const { return last - first; }
    bool empty() const { return first == last; }
    friend bool operator==(RowRange, RowRange) = default;
};

// Where a record was read.
struct RowOrigin {
    std::uint32_t source = 0; // index in Dataset::sources()
    std::uint64_t row = 0;
};

// Root records are sorted by key. Children are grouped by parent, in the parents' order, and within
// a parent sorted by time, declared sequence, then content. The order does not depend on that of
// the input. Immutable; safe to read from many threads.
class Table {
public:
    std::size_t size() const { return size_; }

    // One per field of the entity, in its order.
    const Column& column(plan::FieldIndex field) const { return columns_[field]; }
    std::span<const Column> columns() const { return columns_; }
    // False for a field that no source had a column for; its values are all missing.
    bool present(plan::FieldIndex field) const { return present_[field] != 0; }

    // The row of the parent in its table; kNoRow in the root's table.
    RowIndex parent(RowIndex row) const { return parents_.empty() ? kNoRow : parents_[row]; }
    std::span<const RowIndex> parents() const { return parents_; }
    // The children of a row of the parent's table; not for the root's table.
    RowRange children(RowIndex parent_row) const {
        return {first_child_[parent_row], first_child_[parent_row + 1]};
    }
    // One more than the parent's table has rows: children(p) is [p] to [p + 1].
    std::span<const RowIndex> first_children() const { return first_child_; }

    // Some record below it was rejected.
    bool incomplete(RowIndex row) const { return incomplete_[row] != 0; }

    // How many records with the same parent and the same content come before it.
    std::uint64_t ordinal_among_equals(RowIndex row) const;

    RowOrigin origin(RowIndex row) const;

private:
    friend class TableAdmission;
    friend class DatasetBuilder;

    std::size_t size_ = 0;
    std::vector<Column> columns_;
    std::vector<std::uint8_t> present_;
    std::vector<RowIndex> parents_;
    std::vector<RowIndex> first_child_;
    std::vector<std::uint8_t> incomplete_;
    std::vector<std::uint64_t> origins_;
};

} // namespace rulebook::data
