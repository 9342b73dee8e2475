#include "tests/differential/garbage.hpp"

#include <array>
#include <limits>
#include <span>

namespace rulebook::differential {

namespace {

using Integers = std::numeric_limits<std::int64_t>;
using Reals = std::numeric_limits<double>;

// Columns cannot be changed once they are built, but for this.
template <class T, std::size_t N>
void put(const data::Column& column, std::span<const T> values, const std::array<T, N>& garbage) {
    for (data::RowIndex row = 0; row < values.size(); ++row)
        if (!column.known(row))
            const_cast<T&>(values[row]) = garbage[row % N];
}

} // namespace

void put_garbage_behind_unknowns(data::Dataset& dataset) {
    for (plan::EntityIndex entity = 0; entity < dataset.schema().entities.size(); ++entity)
        for (const data::Column& column : dataset.table(entity).columns()) {
            const auto last = static_cast<data::TextCode>(column.dictionary().size()) - 1;
            put(column, column.booleans(), std::array<std::uint8_t, 1>{1});
            put(column, column.integers(),
                std::array{Integers::min(), Integers::max(), std::int64_t{-1}, std::int64_t{1}});
            put(column, column.reals(),
                std::array{Reals::quiet_NaN(), Reals::infinity(), -0.0, Reals::max()});
            put(column, column.codes(), std::array{last, data::TextCode{0xfffffffe}});
        }
}

} // namespace rulebook::differential
