// Arithmetic of money (minor units) and percent (millionths), as section 4 of the language
// defines it. Pure; nothing is returned where the result does not fit, which becomes an unknown.
#pragma once

#include <cstdint>
#include <optional>

namespace rulebook {

inline constexpr std::int64_t kMillionthsPerOne = 1'000'000; // 100%
inline constexpr std::int64_t kHundredthsPerPoint = 100;

// The exact product, rounded once half to even: to the minor unit, to the millionth.
std::optional<std::int64_t> money_times_percent(std::int64_t money, std::int64_t percent);
std::optional<std::int64_t> percent_times_percent(std::int64_t a, std::int64_t b);

// One binary64 operation on minor units, rounded half to even. Nothing where the amount on either
// side is beyond 2^53, for a divisor of 0, for NaN.
std::optional<std::int64_t> money_times_number(std::int64_t money, double factor);
std::optional<std::int64_t> money_divided_by_number(std::int64_t money, double divisor);

// 12.5% as the number 0.125. Nothing for counts of millionths that binary64 cannot hold.
std::optional<double> number_from_percent(std::int64_t percent);
// factor × millionths, then ÷ 1,000,000: two binary64 operations (3 × 10% is 0.3).
std::optional<double> number_times_percent(double factor, std::int64_t percent);

// `share(a, b)`: a ÷ b as percent, exact, rounded once half to even. Nothing for b = 0.
std::optional<std::int64_t> share(std::int64_t a, std::int64_t b);
// Of numbers: one binary64 division, its exact value then rounded to millionths half to even.
std::optional<std::int64_t> share(double a, double b);

// `change`: (now − then) ÷ then as percent, as `share` does. Nothing for then = 0.
std::optional<std::int64_t> relative_change(std::int64_t now, std::int64_t then);
std::optional<std::int64_t> relative_change(double now, double then);

// The exact value of the number, rounded once half to even to millionths.
std::optional<std::int64_t> percent_from_number(double value);

} // namespace rulebook
