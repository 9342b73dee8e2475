// Decimal text ↔ exact values: int, money (minor units), percent (millionths), points (hundredths),
// and number (binary64).
//
// Text is ASCII with blanks around it allowed: an optional sign, digits with at most one point, an
// optional exponent (`-12.50`, `.5`, `1.2e6`). Thousands separators, currency signs and everything
// else are faults. Reading is exact: decimals beyond what the type holds are a fault unless they
// are zeros, or the caller says that they may be rounded.
// All functions are pure and do not depend on the locale.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/value/currency.hpp"
#include "runtime/value/fault.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook {

// mantissa × 10^exponent, |mantissa| < 10^38.
struct Decimal {
    Int128 mantissa = 0;
    int exponent = 0;
};

// What to do with decimals beyond those that a type holds, where they are not zeros.
enum class Excess : std::uint8_t { Refuse, RoundHalfEven };

// How a percent is written in data: 12.5 or 0.125. A text with a percent sign is always Whole.
enum class PercentWriting : std::uint8_t { Fraction, Whole };

// More than 38 significant digits are DoesNotFit.
Read<Decimal> read_decimal(std::string_view text);

// The decimal in units of 10^-digits. |digits| ≤ 38.
Read<std::int64_t> in_units(const Decimal& decimal, int digits, Excess excess = Excess::Refuse);

// `12`, `12.0`, `1e3`; anything with a fraction is NotWhole.
Read<std::int64_t> read_int(std::string_view text);
// The nearest binary64. NaN and infinities, in words too, are NotANumber; beyond the range of
// binary64: DoesNotFit.
Read<double> read_number(std::string_view text);
// `nan`, `inf`, `-Infinity`: what programs write for a number that is none; case does not matter.
bool is_non_finite_word(std::string_view text);
Read<std::int64_t> read_money(std::string_view text, Currency currency,
                              Excess excess = Excess::Refuse);
Read<std::int64_t> read_percent(std::string_view text,
                                PercentWriting writing = PercentWriting::Fraction,
                                Excess excess = Excess::Refuse);
Read<std::int64_t> read_points(std::string_view text, Excess excess = Excess::Refuse);

// true, yes, y, t, 1 and false, no, n, f, 0; case does not matter.
Read<bool> read_bool(std::string_view text);

// The decimal that is written for a binary64: the shortest that reads back as the same value.
// Nothing is lost by it, and 0.1 is 0.1. NaN and infinities are NotANumber.
Read<Decimal> decimal_of(double value);

// Appends value × 10^-digits with exactly that many decimals: (12345, 2) is 123.45. digits ≥ 0.
void append_scaled(std::string& out, Int128 value, int digits);
// Plain decimal with the currency's digits, without the currency: 1234.50.
void append_money(std::string& out, Int128 minor_units, Currency currency);
// Decimal fraction without trailing zeros: 12.5% is 0.125.
void append_percent(std::string& out, std::int64_t millionths);
// As a rulebook writes it: 12.5%.
void append_percent_sign(std::string& out, std::int64_t millionths);
// Two decimals: 12.50.
void append_points(std::string& out, std::int64_t hundredths);
void append_int(std::string& out, std::int64_t value);
// The shortest plain decimal that reads back as the same value, in exponent form where it is below
// 1e-7 or from 1e21 on; both zeros are 0.
void append_number(std::string& out, double value);

} // namespace rulebook
