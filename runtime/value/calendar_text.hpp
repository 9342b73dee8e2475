// Dates, times and durations as text: RFC 3339 and the spellings that are common in exports, and
// formats after strftime for the rest. Pure; independent of the locale (month names are English).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/value/calendar.hpp"
#include "runtime/value/fault.hpp"
#include "runtime/value/result.hpp"

namespace rulebook {

// A point in time as it was written: on some clock, with or without the clock's offset.
struct WrittenTime {
    LocalTime local;
    std::optional<std::int32_t> offset_seconds; // east of UTC; Z is 0
    bool date_only = false;                     // no time of day was written

    // The instant, where an offset was written.
    std::optional<Time> instant() const;

    friend bool operator==(const WrittenTime&, const WrittenTime&) = default;
};

// `2026-01-31`, also with a time of day that is all zeros. A date that does not exist is
// NoSuchDate.
Read<Date> read_date(std::string_view text);

// `2026-01-31`, `2026-01-31T09:00`, `2026-01-31 09:00:00.123456`; then optionally `Z`, `UTC`,
// `+01:00`, `+0100`, `+01`. Digits finer than microseconds must be zeros, else TooManyDecimals.
Read<WrittenTime> read_time(std::string_view text);

// Reads by a format: %Y %y (69 to 99 are 19..) %m %d %e %H %I %M %S %f %p %b %B %a %A %j
// %z %Z (only UTC, GMT, Z) %s (seconds since 1970) %Q (milliseconds since 1970)
// %F (%Y-%m-%d) %T (%H:%M:%S) %R (%H:%M) %D (%m/%d/%y) %%. Numbers may lack leading zeros; a blank
// stands for any number of blanks. Everything else stands for itself.
Read<WrittenTime> read_time(std::string_view text, std::string_view format);

// Whether read_time can use the format: known directives, and a full date or an instant in it.
Result<void> check_time_format(std::string_view format);

// `14 days`, `2 hours`, `-30 minutes`, `1 week`, `90 seconds`, `36:00:00`, `1 day 02:30:00.5`.
// In microseconds.
Read<std::int64_t> read_duration(std::string_view text);

// `2026-01-31`. Years outside 0001 to 9999 have as many digits as they need.
void append_date(std::string& out, Date date);
// RFC 3339 in UTC: `2026-01-31T09:00:00Z`, six decimals where the microseconds are not zero.
void append_time(std::string& out, Time time);
// The same without a zone: `2026-01-31T09:00:00`.
void append_local_time(std::string& out, LocalTime time);
// What read_duration reads: `14 days`, `1 day 02:30:00`, `02:30:00.500000`; 0 is `0 days`.
void append_duration(std::string& out, std::int64_t microseconds);

} // namespace rulebook
