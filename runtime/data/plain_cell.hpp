// Cells written in the plainest way, which most are: read without the questions that the readers in
// value/ have to ask. What is not so plain is no fault; it is left to those. Internal to this
// folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rulebook::data {

// `1234`, `-1234`: at most 18 digits.
std::optional<std::int64_t> plain_whole(std::string_view text);
// `12.5`: a whole number, perhaps with a point and 1 to `decimals` digits; at most 18 digits with
// the zeros that fill it up. In units of the last decimal.
std::optional<std::int64_t> plain_scaled(std::string_view text, int decimals);
// `0.125`: at most 15 digits, so that one division is exact to the last bit.
std::optional<double> plain_number(std::string_view text);
// `2026-01-31`, in days since 1970.
std::optional<std::int64_t> plain_date(std::string_view text);
// `2026-01-31T09:00:00Z`, in microseconds since 1970.
std::optional<std::int64_t> plain_instant(std::string_view text);

} // namespace rulebook::data
