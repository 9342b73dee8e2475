// The language's `number`: binary64 that is never NaN and never infinite.
//
// Every function is pure and returns nothing where the result is not a number, is infinite, or
// would not be exact where the language asks for it; the language makes an unknown of it.
// Each arithmetic operation is one binary64 operation, rounded to nearest even; nothing is fused.
#pragma once

#include <cstdint>
#include <optional>

namespace rulebook {

// 2^53: up to here every integer is a binary64.
inline constexpr std::int64_t kGreatestExactInteger = std::int64_t{1} << 53;

// The value itself, unless it is NaN or infinite.
std::optional<double> finite(double value);

// An int as a number, only where that changes nothing.
std::optional<double> number_from_int(std::int64_t value);

// The nearest integer, half to even. Nothing if it does not fit.
std::optional<std::int64_t> round_half_even(double value);
// Towards minus and plus infinity.
std::optional<std::int64_t> floor_to_int(double value);
std::optional<std::int64_t> ceil_to_int(double value);

// The multiple of `step` nearest to `value`, half to the even multiple; nothing unless step > 0.
// Where step is 1/n (0.01), it computes with n, so that the result is the double that a reader
// writes: round(0.35, 0.1) is 0.4, not 0.4000…01.
std::optional<double> round_to_step(double value, double step);

// a / b of two integers (int ÷ int, money ÷ money, percent ÷ percent): both widened, which must be
// exact, then one division. Nothing for b = 0.
std::optional<double> ratio(std::int64_t a, std::int64_t b);

} // namespace rulebook
