// Reads one column in Arrow form, value by value. Internal to this folder.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "runtime/data/arrow_c.hpp"
#include "runtime/data/source_cell.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::data {

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
    std::int64_t whole_number(std::size_t at) const;
    SourceCell integer_cell(std::size_t at) const;
    SourceCell text_cell(std::size_t at) const;
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
