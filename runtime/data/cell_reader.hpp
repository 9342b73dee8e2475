// Reads the cells of one column as values of one field. Internal to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/column_builder.hpp"
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
    bool was_date = false;                         // a time that was written as a date

    bool boolean = false;
    std::int64_t integer = 0;
    double real = 0;
    std::string_view text; // into the source cell or the reader's own buffer, until the next read
};

// One thread at a time.
class CellReader {
public:
    // `schema`, for the enum that the field may be of, and `zone` outlive the reader.
    CellReader(const plan::Schema& schema, const plan::Field& field, const time::Zone& zone);

    // Replaces how cells are read.
    void set_reading(const ColumnReading& reading, const std::vector<std::string>& nulls);

    ReadCell read(const SourceCell& cell);
    // The value, or an unknown where it is out of the field's range.
    ReadCell in_declared_range(const ReadCell& value) const;

    // What a value that is out of range or no declared value should have been:
    // "is not in 0 to 10", "is none of open, won, lost".
    std::string expectation(plan::Cause cause) const;

private:
    using Whole = Read<std::int64_t>;

    bool is_missing(const SourceCell& cell) const;
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
    bool in_range(const ReadCell& value) const;

    const plan::Schema& schema_;
    plan::Field field_;
    const time::Zone& zone_;
    ColumnReading reading_;
    std::vector<std::string> nulls_ = {""};
    std::vector<std::pair<std::string_view, std::int64_t>> enum_values_; // sorted by name
    std::string buffer_;
};

} // namespace rulebook::data
