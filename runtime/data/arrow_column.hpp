// Reads one column in Arrow form, value by value. Internal to this folder.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/data/arrow_c.hpp"
#include "runtime/data/source_cell.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::data {

// The texts of a column of format "u".
struct ArrowTexts {
    const char* ends = nullptr; // 32 bits each, aligned in any way; the first one is a beginning
    const char* bytes = nullptr;

    std::string_view text(std::size_t row) const {
        std::int32_t start = 0;
        std::int32_t end = 0;
        std::memcpy(&start, ends + row * sizeof start, sizeof start);
        std::memcpy(&end, ends + (row + 1) * sizeof end, sizeof end);
        return end <= start
                   ? std::string_view("")
                   : std::string_view(bytes + start, static_cast<std::size_t>(end - start));
    }
};

// The known bits of a column, from its first row on.
struct ArrowKnown {
    const std::uint8_t* bits = nullptr; // null: everything is known
    std::size_t first = 0;              // the bit of the first row

    bool all() const { return bits == nullptr; }
    ArrowKnown from(std::size_t row) const { return {bits, first + row}; }
    bool at(std::size_t row) const {
        const std::size_t bit = first + row;
        return bits == nullptr || (bits[bit / 8] >> (bit % 8) & 1U) != 0;
    }
};

// The cells of a column of signed integers, decimals, or instants in microseconds.
struct ArrowNumbers {
    SourceCell::Kind kind = SourceCell::Kind::Integer; // or Decimal, Instant
    int decimals = 0;                          // of Decimal: values are in units of the last
    std::uint8_t width = sizeof(std::int64_t); // bytes each
    const char* values = nullptr;              // aligned in any way; behind a null: anything
    ArrowKnown known;

    // Those from a row on.
    ArrowNumbers from(std::size_t row) const {
        return {kind, decimals, width, values + row * width, known.from(row)};
    }
};

class ArrowColumn;

// The indexes of a column with a dictionary. Those of known rows need not be below its size.
struct ArrowIndexes {
    const ArrowColumn* dictionary = nullptr;
    std::uint8_t width = sizeof(std::int32_t); // bytes each
    const char* values = nullptr;
    ArrowKnown known;

    // Those from a row on.
    ArrowIndexes from(std::size_t row) const {
        return {dictionary, width, values + row * width, known.from(row)};
    }
    std::uint64_t index(std::size_t row) const {
        std::uint64_t value = 0; // little-endian, as all that we run on
        switch (width) {
        case 1:
            std::memcpy(&value, values + row, 1);
            return value;
        case 2:
            std::memcpy(&value, values + row * 2, 2);
            return value;
        case 4:
            std::memcpy(&value, values + row * 4, 4);
            return value;
        default:
            std::memcpy(&value, values + row * sizeof value, sizeof value);
            return value;
        }
    }
};

// A view: schema and array outlive it. Buffers may be aligned in any way and absent where Arrow
// lets them be.
class ArrowColumn {
public:
    // Formats: n b c C s S i I l L f g u U d:P,S (d:P,S,32 and ,64 too) tdD tdm tss tsm tsu tsn,
    // and dictionaries of them. Fails with data.column_type (another format, or an array that is
    // not of its format's shape).
    static Result<ArrowColumn> open(const ArrowSchema& schema, const ArrowArray& array);

    std::size_t size() const { return static_cast<std::size_t>(array_->length); }
    // Of format "n": there is no such column in the source.
    bool absent() const { return kind_ == Storage::Absent; }

    // Requires row < size().
    SourceCell cell(std::size_t row) const;
    // The cells of a column of texts without nulls, such as CSV and NDJSON give; nothing of any
    // other.
    std::optional<ArrowTexts> texts() const;
    // All cells at once; nothing of a column of another kind, or without rows.
    std::optional<ArrowNumbers> numbers() const;
    std::optional<ArrowIndexes> indexes() const;
    // The text of a known cell in a column of texts; nothing of any other.
    std::optional<std::string_view> text(std::size_t row) const;
    // A known cell in a column of integers, truths, decimals that 64 bits hold, or instants of
    // whole microseconds; nothing of any other.
    std::optional<SourceInteger> integer(std::size_t row) const;
    // A known cell in a column of doubles; nothing of any other.
    std::optional<double> real(std::size_t row) const;

private:
    enum class Storage : std::uint8_t {
        Absent,
        Bits,
        Int8,
        Uint8,
        Int16,
        Uint16,
        Int32,
        Uint32,
        Int64,
        Uint64,
        Float,
        Double,
        Text,
        LargeText,
        Decimal32,
        Decimal64,
        Decimal128,
        DateDays,
        DateMilliseconds,
        Timestamp,
    };

    static Result<ArrowColumn> of_format(std::string_view format);
    Result<void> check_buffers() const;
    bool known(std::size_t row) const;
    bool all_known() const;
    ArrowKnown known_bits() const;
    std::int64_t whole_number(std::size_t at) const;
    SourceCell integer_cell(std::size_t at) const;
    std::string_view text_at(std::size_t at) const;
    SourceCell decimal_cell(std::size_t at) const;
    SourceCell timestamp_cell(std::size_t at) const;

    const ArrowArray* array_ = nullptr;
    Storage kind_ = Storage::Absent;
    int scale_ = 0;                                 // decimals: digits after the point
    std::int64_t units_ = 0;                        // Timestamp: per second
    bool zoned_ = false;                            // Timestamp: an instant
    std::shared_ptr<const ArrowColumn> dictionary_; // then kind_ is that of the indexes
};

} // namespace rulebook::data
