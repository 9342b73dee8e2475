// Which records of an entity a chunk is about; internal to this folder.
#pragma once

#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

#include "runtime/data/table.hpp"

namespace rulebook::batch {

using data::RowIndex;

class Rows {
public:
    void set_side_by_side(RowIndex first, std::size_t count) {
        first_ = first;
        size_ = count;
        listed_ = false;
    }
    void set(std::vector<RowIndex> rows) {
        rows_ = std::move(rows);
        size_ = rows_.size();
        listed_ = true;
    }

    std::size_t size() const { return size_; }
    bool are_side_by_side() const { return !listed_; }
    RowIndex first() const { return first_; } // of those side by side
    RowIndex operator[](std::size_t i) const {
        return listed_ ? rows_[i] : first_ + static_cast<RowIndex>(i);
    }
    std::span<const RowIndex> listed() const { return rows_; }

private:
    bool listed_ = false;
    RowIndex first_ = 0;
    std::size_t size_ = 0;
    std::vector<RowIndex> rows_;
};

} // namespace rulebook::batch
