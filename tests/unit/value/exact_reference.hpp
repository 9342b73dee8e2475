// Exact arithmetic by Boost.Multiprecision, as the independent reference of the property tests.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include <boost/multiprecision/cpp_int.hpp>

namespace rulebook::reference {

using Integer = boost::multiprecision::cpp_int;
using Rational = boost::multiprecision::cpp_rational;

// Of a denominator that is not 0. (The constructor of two integers refuses some negative ones.)
inline Rational fraction(const Integer& numerator, const Integer& denominator) {
    return Rational(numerator) / Rational(denominator);
}

inline Integer floor(const Rational& value) {
    const Integer numerator = boost::multiprecision::numerator(value);
    const Integer denominator = boost::multiprecision::denominator(value); // positive
    Integer quotient = numerator / denominator;
    if (numerator < 0 && quotient * denominator != numerator)
        quotient -= 1;
    return quotient;
}

// The nearest integer, half to even, by its definition.
inline Integer nearest_half_even(const Rational& value) {
    const Integer below = floor(value);
    const Rational part = value - below;
    const Rational half(1, 2);
    if (part < half)
        return below;
    if (part > half)
        return below + 1;
    return below % 2 == 0 ? below : below + 1;
}

inline std::optional<std::int64_t> narrow(const Integer& value) {
    if (value < std::numeric_limits<std::int64_t>::min() ||
        value > std::numeric_limits<std::int64_t>::max())
        return std::nullopt;
    return static_cast<std::int64_t>(value);
}

} // namespace rulebook::reference
