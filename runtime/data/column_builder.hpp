// A column while rows are being read and admitted. Internal to this folder.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/data/column.hpp"
#include "runtime/data/dictionary.hpp"

namespace rulebook::data {

// Whether a column of texts needs a dictionary that is sorted, as keys do; others go without it
// where hardly any text comes twice, so that sorting would take long.
enum class TextCodes : std::uint8_t { Sorted, SortedIfFew };

class ColumnBuilder {
public:
    explicit ColumnBuilder(plan::Type type, TextCodes codes = TextCodes::Sorted)
        : column_(type), text_codes_(codes) {}

    // One of these per row, as the representation of the type says.
    void add_boolean(bool value) {
        ++known_rows_;
        column_.booleans_.push_back(value ? 1 : 0);
    }
    void add_integer(std::int64_t value) {
        ++known_rows_;
        column_.integers_.push_back(value);
    }
    void add_real(double value) {
        ++known_rows_;
        column_.reals_.push_back(value == 0.0 ? 0.0 : value); // one zero
    }
    void add_text(std::string_view value) { add_text_of(code_of_text(value)); }
    void add_unknown(plan::Cause cause);

    // Many rows of integers at once: places for them, to be filled before anything else is added.
    std::int64_t* add_integers(std::size_t count);
    // The same of rows that are `known` or missing in the data; behind the latter goes a 0.
    std::int64_t* add_integers(std::span<const std::uint8_t> known);
    // A code by which a text can be added, any number of times until seal().
    TextCode code_of_text(std::string_view value) { return texts_.add(value); }
    void add_text_of(TextCode code) {
        ++known_rows_;
        column_.codes_.push_back(code);
    }

    std::size_t size() const { return column_.size() + known_rows_; }

    // Ends the adding: texts get their final codes. The second time nothing happens.
    void seal();

    // After seal(), but for its type: the rows in the order in which they were added.
    const Column& column() const { return column_; }
    void copy_value(RowIndex from, RowIndex to);

    // Arrays of columns that were taken: memory that the next one to be taken need not ask for.
    struct Spare {
        GrowingArray<std::uint8_t> bytes;
        GrowingArray<std::int64_t> integers;
        GrowingArray<double> reals;
        GrowingArray<TextCode> codes;
    };
    // After seal(): the rows of `order`, in that order. Leaves the builder empty.
    Column take(std::span<const RowIndex> order, Spare& spare);

private:
    void note_known_rows();

    Column column_;
    TextCodes text_codes_;
    std::size_t known_rows_ = 0; // at the end, not noted in the column yet
    DictionaryBuilder texts_;
    bool sealed_ = false;
};

} // namespace rulebook::data
