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

// The cells of a column of 64 or 32 bits without nulls.
struct ArrowIntegers {
    SourceCell::Kind kind = SourceCell::Kind::Integer; // or Instant
    bool narrow = false;                               // 32 bits
    const char* values = nullptr;                      // aligned in any way

    SourceInteger cell(std::size_t row) const {
        if (narrow) {
            std::int32_t value = 0;
            std::memcpy(&value, values + row * sizeof value, sizeof value);
            return {kind, value};
        }
        std::int64_t value = 0;
        std::memcpy(&value, values + row * sizeof value, sizeof value);
        return {kind, value};
    }
};

// A view: schema and array outlive it. Buffers may be aligned in any way and absent where Arrow
// lets them be.
class ArrowColumn {
public:
    // Formats: n b c C s S i I l L f g u U d:P,S tdD tdm tss tsm tsu tsn, and dictionaries of them.
    // Fails with data.column_type (another format, or an array that is not of its format's shape).
    static Result<ArrowColumn> open(const ArrowSchema& schema, const ArrowArray& array);

    std::size_t size() const { return static_cast<std::size_t>(array_->length); }
    // Of format "n": there is no such column in the source.
    bool absent() const { return kind_ == Storage::Absent; }

    // Requires row < size().
    SourceCell cell(std::size_t row) const;
    // The cells of a column of texts without nulls, such as CSV and NDJSON give; nothing of any
    // other.
    std::optional<ArrowTexts> texts() const;
    // The cells of a column of signed integers of 64 or 32 bits or of instants in microseconds,
    // without nulls; nothing of any other.
    std::optional<ArrowIntegers> integers() const;
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
        Decimal128,
        DateDays,
        DateMilliseconds,
        Timestamp,
    };

    static Result<ArrowColumn> of_format(std::string_view format);
    Result<void> check_buffers() const;
    bool known(std::size_t row) const;
    bool all_known() const;
    std::int64_t whole_number(std::size_t at) const;
    SourceCell integer_cell(std::size_t at) const;
    std::string_view text_at(std::size_t at) const;
    SourceCell decimal_cell(std::size_t at) const;
    SourceCell timestamp_cell(std::size_t at) const;

    const ArrowArray* array_ = nullptr;
    Storage kind_ = Storage::Absent;
    int scale_ = 0;                                 // Decimal128: digits after the point
    std::int64_t units_ = 0;                        // Timestamp: per second
    bool zoned_ = false;                            // Timestamp: an instant
    std::shared_ptr<const ArrowColumn> dictionary_; // then kind_ is that of the indexes
};

} // namespace rulebook::data
