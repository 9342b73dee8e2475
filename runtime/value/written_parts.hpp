// The parts of a written time while a text is being read; only for the readers of this folder.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/value/calendar_text.hpp"
#include "runtime/value/scanner.hpp"

namespace rulebook {

struct WrittenParts {
    std::int64_t year = 1970;
    std::int64_t month = 1;
    std::int64_t day = 1;
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    std::int64_t microsecond = 0;
    bool has_time_of_day = false;
    bool too_fine = false; // digits finer than a microsecond were written
    std::optional<std::int32_t> offset_seconds;

    void set(const Scanner::Fraction& fraction) {
        microsecond = fraction.microseconds;
        too_fine = !fraction.exact;
    }

    // TooManyDecimals for what is finer than a microsecond; NoSuchDate, NoSuchTime for what no
    // calendar and no clock shows; leap seconds too.
    Read<WrittenTime> assemble() const;
};

// `Z`, `UTC`, `GMT`, `+01:00`, `+0100`, `+01`, in seconds east of UTC. At most 18 hours.
std::optional<std::int32_t> scan_offset(Scanner& scanner);

} // namespace rulebook
