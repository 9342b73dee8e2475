// Rows of a table collected column by column: what the binary formats are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/growing_array.hpp"
#include "tools/data/typed_table.hpp"

namespace rulec::output {

// What decimals, and percentages as decimals of six digits, have in the binary formats.
inline constexpr int kDecimalDigits = 18;
inline constexpr int kPercentDecimals = 6;

// How a type of columns is held.
enum class Held : std::uint8_t { Texts, Integers, Reals, Booleans };
Held held(input::ColumnType type);

// One array is filled, by how the column's type is held, with one place per row; behind a null
// stands nothing of meaning. Decimals are in units of the column's last digit.
struct CollectedColumn {
    std::vector<std::uint8_t> known; // by row; empty if there are no nulls
    std::size_t nulls = 0;
    rulebook::data::GrowingArray<char> bytes; // of texts, one behind the other
    std::vector<std::uint32_t> ends;
    std::vector<std::int64_t> integers;
    std::vector<double> reals;
    std::vector<std::uint8_t> booleans;

    bool is_known(std::size_t row) const { return nulls == 0 || known[row] != 0; }
    std::string_view text(std::size_t row) const {
        const std::uint32_t start = row == 0 ? 0 : ends[row - 1];
        return {bytes.data() + start, ends[row] - start};
    }
};

class ColumnRows final : public input::RowSink {
public:
    // `columns` outlives it.
    explicit ColumnRows(std::span<const input::TypedColumn> columns);

    void null() override;
    void text(std::string_view value) override;
    void integer(std::int64_t value) override { put(value); }
    void number(double value) override;
    void boolean(bool value) override;
    void decimal(std::int64_t units, int decimals) override;
    void percent(std::int64_t millionths) override { put(millionths); }
    void date(std::int32_t days) override { put(days); }
    void time(std::int64_t microseconds) override { put(microseconds); }
    void end_row() {
        ++rows_;
        column_ = 0;
    }

    std::size_t rows() const { return rows_; }
    // No more rows should be added: the texts of some column are long.
    bool full() const { return full_; }
    const std::vector<CollectedColumn>& collected();
    // The column of a decimal beyond 18 digits; empty: there was none.
    const std::string& too_large() const { return too_large_; }

    // Forgets the rows and keeps the room for more.
    void clear();

private:
    CollectedColumn& next() { return collected_[column_++]; }
    void put(std::int64_t value);

    std::span<const input::TypedColumn> columns_;
    std::vector<CollectedColumn> collected_;
    std::size_t rows_ = 0;
    std::size_t column_ = 0; // the next one
    bool full_ = false;
    std::string too_large_;
};

} // namespace rulec::output
