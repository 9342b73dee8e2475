// One value of the input, before anything is known of the field that it is for. Internal to this
// folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/value/calendar.hpp"
#include "runtime/value/decimal.hpp"

namespace rulebook::data {

struct SourceCell {
    enum class Kind : std::uint8_t {
        Missing,
        Text,      // text
        Integer,   // integer
        Real,      // real
        Decimal,   // decimal
        Bool,      // integer: 0 or 1
        Date,      // integer: days since 1970-01-01
        LocalTime, // integer: microseconds since 1970-01-01T00:00:00 on the clocks of the data's
                   // zone
        Instant,   // integer: microseconds since 1970-01-01T00:00:00Z
    };

    Kind kind = Kind::Missing;
    std::string_view text{}; // a view into the input
    std::int64_t integer = 0;
    double real = 0;
    Decimal decimal{};
    std::int16_t nanoseconds = 0; // of LocalTime and Instant: what is beyond their microseconds
};

// The commonest cells of typed columns, for short.
struct SourceInteger {
    SourceCell::Kind kind = SourceCell::Kind::Integer; // or Bool, Decimal, Instant
    std::int64_t value = 0;
    int decimals = 0; // of Decimal: `value` is in units of the last of them
};

// As text: what a text field takes from a cell that is none, and what messages show.
std::string text_of(const SourceCell& cell);

} // namespace rulebook::data
