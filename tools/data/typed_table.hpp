// A table to be written: its columns with their types, and its rows on demand. The one description
// from which every format is written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rulec::input {

enum class ColumnType : std::uint8_t {
    Text,
    Json, // text that is JSON
    Integer,
    Number,
    Boolean,
    Decimal,
    Percent, // a decimal of six digits, written without zeros at its end
    Date,
    Time,
};

struct TypedColumn {
    std::string name;
    ColumnType type = ColumnType::Text;
    int decimals = 0; // of Decimal: how many at most

    friend bool operator==(const TypedColumn&, const TypedColumn&) = default;
};

// Takes the cells of one row, from the left, or of one column, from the first row on; each as its
// column says, or null.
class RowSink {
public:
    RowSink() = default;
    RowSink(const RowSink&) = delete;
    RowSink& operator=(const RowSink&) = delete;
    virtual ~RowSink() = default;

    virtual void null() = 0;
    virtual void text(std::string_view value) = 0; // Text, Json; UTF-8
    virtual void integer(std::int64_t value) = 0;
    virtual void number(double value) = 0;
    virtual void boolean(bool value) = 0;
    // `units` of the last of `decimals` digits after the point, which are not more than the
    // column's.
    virtual void decimal(std::int64_t units, int decimals) = 0;
    virtual void percent(std::int64_t millionths) = 0;
    virtual void date(std::int32_t days) = 0;         // since 1970-01-01
    virtual void time(std::int64_t microseconds) = 0; // since 1970-01-01T00:00:00Z

    // Many cells of one column: as one after the other.
    virtual void texts(std::span<const std::uint32_t> codes, std::span<const std::string> texts);
    virtual void decimals(std::span<const std::int64_t> units, int decimals);
};

struct TypedTable {
    std::string name; // "accounts"
    std::vector<TypedColumn> columns;
    std::size_t rows = 0;
    // Gives the cells of one row. Rows are asked for from the first to the last, perhaps again from
    // the first on, by one thread.
    std::function<void(std::size_t row, RowSink& sink)> write;
    // Rows may also be asked for in any order, and by several threads at once, each with a sink of
    // its own.
    bool at_random = false;
    // May be empty. Gives the cells of one column of the rows [first, last): those that `write`
    // gives, for who wants columns. As at_random says.
    std::function<void(std::size_t column, std::size_t first, std::size_t last, RowSink& sink)>
        write_column{};
};

} // namespace rulec::input
