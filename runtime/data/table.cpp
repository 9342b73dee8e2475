#include "runtime/data/table.hpp"

#include <algorithm>

#include "runtime/data/row_origin.hpp"

namespace rulebook::data {

std::uint64_t Table::ordinal_among_equals(RowIndex row) const {
    const auto same = [&](RowIndex other) {
        return parent(other) == parent(row) &&
               std::ranges::all_of(
                   columns_, [&](const Column& column) { return column.compare(other, row) == 0; });
    };
    // Equal records stand side by side.
    std::uint64_t ordinal = 0;
    while (ordinal < row && same(row - static_cast<RowIndex>(ordinal) - 1))
        ++ordinal;
    return ordinal;
}

RowOrigin Table::origin(RowIndex row) const {
    return unpack_origin(origins_[row]);
}

} // namespace rulebook::data
