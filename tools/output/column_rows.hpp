// Rows of a table collected column by column: what the binary formats are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
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
    std::vector<std::uint32_t> codes; // or, where they came so, of texts that stand once each:
    std::vector<std::string> texts;
    std::vector<std::int64_t> integers;
    std::vector<double> reals;
    std::vector<std::uint8_t> booleans;

    bool is_known(std::size_t row) const { return nulls == 0 || known[row] != 0; }
    std::string_view text(std::size_t row) const {
        if (ends.empty())
            return texts[codes[row]];
        const std::uint32_t start = row == 0 ? 0 : ends[row - 1];
        return {bytes.data() + start, ends[row] - start};
    }
};

// The cells of one column.
class ColumnCells final : public input::RowSink {
public:
    // `column` outlives it.
    explicit ColumnCells(const input::TypedColumn& column)
        : column_(&column), held_(held(column.type)) {}

    void null() override;
    void text(std::string_view value) override;
    void integer(std::int64_t value) override { put(value); }
    void number(double value) override;
    void boolean(bool value) override;
    void decimal(std::int64_t units, int decimals) override;
    void percent(std::int64_t millionths) override { put(millionths); }
    void date(std::int32_t days) override { put(days); }
    void time(std::int64_t microseconds) override { put(microseconds); }
    void texts(std::span<const std::uint32_t> codes, std::span<const std::string> texts) override;

    const CollectedColumn& collected();
    // No more rows should be added: the texts are long.
    bool full() const;
    // As many rows again might be too many by far.
    bool nearly_full() const;
    // A decimal was beyond 18 digits.
    bool too_large() const { return too_large_; }
    // Forgets the rows and keeps the room for more.
    void clear();

private:
    void put(std::int64_t value) {
        ++rows_;
        cells_.integers.push_back(value);
    }

    const input::TypedColumn* column_;
    Held held_;
    CollectedColumn cells_;
    std::unordered_map<std::string, std::uint32_t> codes_; // of its texts, where they have some
    std::size_t rows_ = 0;
    bool too_large_ = false;
};

class ColumnRows final : public input::RowSink {
public:
    // `columns` outlives it.
    explicit ColumnRows(std::span<const input::TypedColumn> columns);

    void null() override { next().null(); }
    void text(std::string_view value) override;
    void integer(std::int64_t value) override { next().integer(value); }
    void number(double value) override { next().number(value); }
    void boolean(bool value) override { next().boolean(value); }
    void decimal(std::int64_t units, int decimals) override { next().decimal(units, decimals); }
    void percent(std::int64_t millionths) override { next().percent(millionths); }
    void date(std::int32_t days) override { next().date(days); }
    void time(std::int64_t microseconds) override { next().time(microseconds); }
    void end_row() {
        ++rows_;
        column_ = 0;
    }

    // Rows column by column, from a table that gives them so, where there are none yet. False: the
    // texts of some column are too long for so many; then there are still none.
    bool add_columns(const input::TypedTable& table, std::size_t first, std::size_t last);

    std::size_t rows() const { return rows_; }
    // No more rows should be added: the texts of some column are long.
    bool full() const { return full_; }
    const CollectedColumn& collected(std::size_t column) { return cells_[column].collected(); }
    // A column of a decimal beyond 18 digits; empty: there was none.
    std::string too_large() const;

    // Forgets the rows and keeps the room for more.
    void clear();

private:
    ColumnCells& next() { return cells_[column_++]; }

    std::span<const input::TypedColumn> columns_;
    std::deque<ColumnCells> cells_; // which do not move
    std::size_t rows_ = 0;
    std::size_t column_ = 0; // the next one
    bool full_ = false;
};

} // namespace rulec::output
