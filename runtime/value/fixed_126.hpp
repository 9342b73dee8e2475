// Numbers between 0 and 1 in counts of 2^-126, for the halving routine. Internal to this folder.
#pragma once

#include <cstdint>

namespace rulebook::halving {

__extension__ using Fixed = unsigned __int128; // counts of 2^-126

inline constexpr int kFixedBits = 126;
inline constexpr Fixed kOne = Fixed{1} << kFixedBits;
inline constexpr Fixed kLogarithmOf2 = // floor(ln 2 × 2^126)
    (Fixed{0xB17217F7D1CF79AB} << 64 | Fixed{0xC9E3B39803F2F6AF}) >> (128 - kFixedBits);
inline constexpr Fixed kFixedError = 128; // 40 terms that are each off by less than 2, f ln 2 by 3

// floor(a b / 2^126) for a, b <= 2^126.
constexpr Fixed multiply(Fixed a, Fixed b) {
    const auto low_a = static_cast<std::uint64_t>(a);
    const auto low_b = static_cast<std::uint64_t>(b);
    const Fixed high_a = a >> 64;
    const Fixed high_b = b >> 64;
    const Fixed middle = high_a * low_b + low_a * high_b + (Fixed{low_a} * low_b >> 64);
    return (high_a * high_b << (128 - kFixedBits)) + (middle >> (kFixedBits - 64));
}

// floor(numerator 2^126 / denominator) for numerator < denominator.
constexpr Fixed fraction(std::uint64_t numerator, std::uint64_t denominator) {
    const Fixed first = Fixed{numerator} << 64;
    const Fixed second = (first % denominator) << (kFixedBits - 64);
    return (first / denominator << (kFixedBits - 64)) + second / denominator;
}

// e^-y by its power series, within kFixedError.
constexpr Fixed exponential_of_minus(Fixed y) {
    Fixed sum = kOne;
    Fixed term = kOne;
    for (unsigned n = 1; term != 0; ++n) {
        term = multiply(term, y) / n;
        sum = n % 2 == 1 ? sum - term : sum + term;
    }
    return sum;
}

} // namespace rulebook::halving
