// Reads the cells of one column as values of one field. Internal to this folder.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/column_builder.hpp"
#include "runtime/data/enum_names.hpp"
#include "runtime/data/reading.hpp"
#include "runtime/data/source_cell.hpp"
#include "runtime/plan/schema.hpp"
#include "runtime/time/zone.hpp"
#include "runtime/value/calendar_text.hpp"
#include "runtime/value/fault.hpp"

namespace rulebook::data {

// A cell as a value of the field's type, or why it is none.
struct ReadCell {
    bool known = false;
    plan::Cause cause = plan::Cause::MissingInput; // of an unknown
    std::optional<Fault> fault;                    // of UnreadableInput
    bool was_date = false;                         // written as a date, and its first instant

    bool boolean = false;
    std::int64_t integer = 0;
    double real = 0;
    std::string_view text; // into the source cell or the reader's own buffer, until the next read

    static ReadCell unknown(plan::Cause cause);
    static ReadCell unreadable(Fault fault);
    static ReadCell of(std::int64_t value);
};

// One thread at a time.
class CellReader {
public:
    // `schema`, for the enum that the field may be of, and `zone` outlive the reader.
    CellReader(const plan::Schema& schema, const plan::Field& field, const time::Zone& zone);

    // Replaces how cells are read.
    void set_reading(const ColumnReading& reading, const std::vector<std::string>& nulls);

    ReadCell read(const SourceCell& cell);
    // What read() makes of a cell, by how the field is held; nothing where it is not written in the
    // plainest way, which says nothing about it.
    std::optional<std::int64_t> plain_integer(std::string_view text) const;
    std::optional<std::int64_t> plain_integer(const SourceInteger& cell) const;
    // Of all cells of this kind from `least` to `greatest`: plain_integer() gives them as they are.
    bool are_plain_integers(SourceCell::Kind kind, int decimals, std::int64_t least,
                            std::int64_t greatest) const;
    std::optional<double> plain_real(std::string_view text) const;
    std::optional<double> plain_real(double value) const;
    std::optional<bool> plain_boolean(std::string_view text) const;
    std::optional<bool> plain_boolean(const SourceInteger& cell) const;
    // Whether the text is its own value.
    bool is_plain_text(std::string_view text) const;
    // The value, or an unknown where it is out of the field's range.
    ReadCell in_declared_range(const ReadCell& value) const;

    // Why a cell that is not missing gives no value, and what it should have been: "is not in 0 to
    // 10", "is none of open, won, lost; did you mean `won`?", "is not a date; expected 2026-05-31".
    std::string complaint(const ReadCell& value, const SourceCell& cell) const;

private:
    using Whole = Read<std::int64_t>;

    std::string range_complaint() const;
    std::string enum_complaint(const SourceCell& cell) const;
    std::string expected_writing(Fault fault) const;
    bool is_missing(const SourceCell& cell) const;
    // Of a cell that is no text.
    bool means_missing(const ReadCell& value) const;
    bool is_null_integer(std::int64_t value) const;
    void read_nulls();
    // False: no spelling of "missing" is like this text.
    bool may_be_missing(std::string_view text) const {
        return text.empty() || may_begin_null_[static_cast<unsigned char>(text.front())];
    }
    int percent_digits() const;
    ReadCell convert(const SourceCell& cell);
    ReadCell convert_bool(const SourceCell& cell) const;
    ReadCell convert_number(const SourceCell& cell) const;
    ReadCell convert_text(const SourceCell& cell);
    ReadCell convert_enum(const SourceCell& cell);
    ReadCell convert_time(const SourceCell& cell) const;
    Whole scaled(const SourceCell& cell, int digits) const;
    Whole percent(const SourceCell& cell) const;
    Whole whole(const SourceCell& cell) const;
    Whole date(const SourceCell& cell) const;
    Whole midnight(LocalTime local) const;
    Read<WrittenTime> written(std::string_view text) const;
    Time instant_of(const WrittenTime& written) const;
    std::optional<std::int64_t> convert_plain(std::string_view text) const;
    bool in_range(const ReadCell& value) const;
    bool integer_in_range(std::int64_t value) const;
    std::optional<std::int64_t> if_in_range(std::optional<std::int64_t> value) const;
    void find_beginnings_of_nulls();

    const plan::Schema& schema_;
    plan::Field field_;
    const time::Zone& zone_;
    ColumnReading reading_;
    std::vector<std::string> nulls_ = {""};  // without blanks at the ends
    std::vector<ReadCell> null_values_;      // of those that are values of the field's type
    std::array<bool, 256> may_begin_null_{}; // by byte
    EnumNames enum_names_;                   // of an enum
    std::string buffer_;
};

} // namespace rulebook::data
