#include "runtime/value/halving.hpp"

#include <boost/multiprecision/cpp_int.hpp>

// 2^-(k + f) = 2^-k e^(-f ln 2) with 0 <= f < 1, in fixed point, by the power series. The result is
// in [approximation - error, approximation + error]; where both ends round alike, that is the
// answer. For f > 0 the exact value is irrational, so more bits decide it at last.
namespace rulebook {

namespace halving {

namespace {

__extension__ using Fixed = unsigned __int128; // counts of 2^-126

constexpr int kFixedBits = 126;
constexpr Fixed kOne = Fixed{1} << kFixedBits;
constexpr Fixed kLogarithmOf2 = // floor(ln 2 × 2^126)
    (Fixed{0xB17217F7D1CF79AB} << 64 | Fixed{0xC9E3B39803F2F6AF}) >> (128 - kFixedBits);
constexpr Fixed kFixedError = 128; // 40 terms that are each off by less than 2, f ln 2 by 3

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

constexpr Fixed shift_rounding_half_up(Fixed value, unsigned bits) {
    return (value + (Fixed{1} << (bits - 1))) >> bits;
}

} // namespace

std::optional<std::uint64_t> in_126_bits(std::uint64_t halvings, std::uint64_t numerator,
                                         std::uint64_t half_life) {
    const Fixed weight =
        exponential_of_minus(multiply(fraction(numerator, half_life), kLogarithmOf2));
    const auto excess_bits = static_cast<unsigned>(kFixedBits - kHalvingBits + halvings);
    const Fixed least = shift_rounding_half_up(weight - kFixedError, excess_bits);
    const Fixed most = shift_rounding_half_up(weight + kFixedError, excess_bits);
    if (least != most)
        return std::nullopt;
    return static_cast<std::uint64_t>(least);
}

namespace {

// Without expression templates: every operation gives a number.
using Wide = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>,
                                           boost::multiprecision::et_off>;

Wide power_of_2(std::uint64_t bits) {
    return pow(Wide(2), static_cast<unsigned>(bits));
}

// ln 2 = sum of 1/(n 2^n), in counts of 2^-bits, off by less than `bits`.
Wide logarithm_of_2(unsigned bits) {
    Wide sum = 0;
    for (unsigned n = 1; n <= bits; ++n)
        sum += power_of_2(bits - n) / n;
    return sum;
}

} // namespace

std::uint64_t in_growing_precision(std::uint64_t halvings, std::uint64_t numerator,
                                   std::uint64_t half_life) {
    for (unsigned bits = 256;; bits *= 2) {
        const Wide one = power_of_2(bits);
        const Wide y = one * numerator / half_life * logarithm_of_2(bits) / one;
        Wide sum = one;
        Wide term = one;
        for (unsigned n = 1; term != 0; ++n) {
            term = term * y / one / n;
            sum += n % 2 == 1 ? Wide(-term) : term;
        }
        const Wide error = 4 * bits; // `bits` from ln 2, 2 from each of fewer than `bits` terms
        const Wide excess = power_of_2(bits - kHalvingBits + halvings);
        const Wide least = (sum - error + excess / 2) / excess;
        const Wide most = (sum + error + excess / 2) / excess;
        if (least == most)
            return static_cast<std::uint64_t>(least);
    }
}

} // namespace halving

std::uint64_t halving_weight(std::uint64_t age, std::uint64_t half_life) {
    const std::uint64_t halvings = age / half_life;
    const std::uint64_t numerator = age % half_life;
    if (halvings > static_cast<std::uint64_t>(kHalvingBits))
        return 0; // at most 2^-63: half a unit, which rounds to the even 0
    if (numerator == 0)
        return kWholeHalvingWeight >> halvings;
    if (const auto weight = halving::in_126_bits(halvings, numerator, half_life))
        return *weight;
    return halving::in_growing_precision(halvings, numerator, half_life);
}

} // namespace rulebook
