#include "runtime/value/halving.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include "runtime/value/fixed_126.hpp"

// 2^-(k + f) = 2^-k e^(-f ln 2) with 0 <= f < 1, in fixed point, by the power series. The result is
// in [approximation - error, approximation + error]; where both ends round alike, that is the
// answer. For f > 0 the exact value is irrational, so more bits decide it at last.
namespace rulebook {

namespace halving {

namespace {

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
