// How the cells of a table are to be read: what data.toml says about it.
#pragma once

#include <string>
#include <vector>

#include "runtime/value/decimal.hpp"

namespace rulebook::data {

// What a date stands for in a column of times.
enum class DateStandsFor : std::uint8_t { FirstInstant, LastMicrosecond };

struct ColumnReading {
    std::string field{};  // or the column of the parent's key
    std::string format{}; // of dates and times, see value/calendar_text.hpp; empty: ISO 8601
    PercentWriting percent = PercentWriting::Fraction;
    DateStandsFor date = DateStandsFor::FirstInstant;
    Excess excess = Excess::Refuse; // more decimals than the type holds
};

struct TableReading {
    // Texts that mean "missing", blanks at both ends aside.
    std::vector<std::string> nulls = {""};
    // Columns that are not here are read by the defaults.
    std::vector<ColumnReading> columns{};
};

} // namespace rulebook::data
