// Where instants begin and end in a column that ascends. Internal to this folder.
#pragma once

#include <limits>

#include "runtime/credit/columns/columns.hpp"

namespace rulebook::credit::columns {

// The first row of [first, last) whose instant is not below; without a branch that guesses.
inline RowIndex first_from(const std::int64_t* instants, RowIndex first, RowIndex last,
                           std::int64_t instant) {
    std::uint32_t count = last - first;
    if (count == 0)
        return first;
    while (count > 1) {
        const std::uint32_t half = count / 2;
        first += instants[first + half - 1] < instant ? half : 0;
        count -= half;
    }
    return first + (instants[first] < instant ? 1 : 0);
}

// The first row whose instant is above.
inline RowIndex first_after(const std::int64_t* instants, RowIndex first, RowIndex last,
                            std::int64_t instant) {
    return instant == std::numeric_limits<std::int64_t>::max()
               ? last
               : first_from(instants, first, last, instant + 1);
}

} // namespace rulebook::credit::columns
