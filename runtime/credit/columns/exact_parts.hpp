// Parts of a whole in integers of 64 or 128 bits, and rounding to units by largest remainder.
// Internal to this folder.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "runtime/value/halving_weights.hpp"

namespace rulebook::credit::columns {

using Narrow = std::uint64_t;
using Broad = UnsignedInt128;

constexpr unsigned bits_of(Narrow value) {
    return static_cast<unsigned>(std::bit_width(value));
}
constexpr unsigned bits_of(Broad value) {
    const auto high = static_cast<std::uint64_t>(value >> 64);
    return high != 0 ? 64 + bits_of(high) : bits_of(static_cast<std::uint64_t>(value));
}

// What is divided is below 2^kFactorBits, so that the estimates below are off by one at most.
inline constexpr unsigned kFactorBits = 50;
// So many bits a factor and a denominator may have together.
template <class Number>
inline constexpr unsigned kProductBits = 8 * sizeof(Number) - 2;

// Divides by one denominator time and again: estimates with a reciprocal, corrects exactly.
template <class Number>
class Divider {
public:
    // Requires denominator > 0, in bits no more than kProductBits less those of any factor.
    explicit Divider(Number denominator)
        : denominator_(denominator), shift_(shift_of(denominator)),
          inverse_(1 / leading(denominator)) {}

    Number denominator() const { return denominator_; }

    // floor(factor × numerator / denominator) and what is left of the product. Requires factor <
    // 2^kFactorBits, numerator <= denominator.
    std::uint64_t divide(std::uint64_t factor, Number numerator, Number& remainder) const {
        const double estimate =
            static_cast<double>(static_cast<std::int64_t>(factor)) * leading(numerator) * inverse_;
        auto quotient = static_cast<std::uint64_t>(static_cast<std::int64_t>(estimate));
        Number left = factor * numerator - quotient * denominator_; // may be below 0: wraps
        const bool above = (left >> (8 * sizeof(Number) - 1)) != 0;
        quotient -= above ? 1 : 0;
        left += above ? denominator_ : 0;
        const bool below = left >= denominator_;
        quotient += below ? 1 : 0;
        left -= below ? denominator_ : 0;
        remainder = left;
        return quotient;
    }

    // factor × numerator / denominator, rounded half to even.
    std::uint64_t nearest(std::uint64_t factor, Number numerator) const {
        Number remainder = 0;
        const std::uint64_t quotient = divide(factor, numerator, remainder);
        const Number rest = denominator_ - remainder;
        const bool up = remainder > rest || (remainder == rest && (quotient & 1) != 0);
        return quotient + (up ? 1 : 0);
    }

private:
    static constexpr unsigned kLeadingBits = 62;
    static unsigned shift_of(Number denominator) {
        if constexpr (sizeof(Number) == sizeof(Narrow))
            return 0;
        else
            return bits_of(denominator) > kLeadingBits ? bits_of(denominator) - kLeadingBits : 0;
    }
    double leading(Number value) const {
        if constexpr (sizeof(Number) == sizeof(Narrow))
            return static_cast<double>(static_cast<std::int64_t>(value));
        else
            return static_cast<double>(static_cast<std::int64_t>(value >> shift_));
    }

    Number denominator_;
    unsigned shift_;
    double inverse_;
};

// Gives a unit each to the `units` largest remainders; of equal ones to the earlier. They add up to
// units × denominator and are below the denominator: more than `units` of them are above 0. Leaves
// the remainders without meaning; `order` has room for `count`.
template <class Number>
void give_units(std::uint64_t units, std::uint64_t* amounts, Number* remainders, std::size_t count,
                std::uint32_t* order);

// Rounds whole × numerators / denominator to integers that add up to `whole`, as the numerators add
// up to the denominator.
template <class Number>
void round_parts(std::uint64_t whole, const Number* numerators, const Divider<Number>& divider,
                 std::size_t count, std::uint64_t* amounts, Number* remainders,
                 std::uint32_t* order) {
    std::uint64_t left = whole;
    for (std::size_t i = 0; i < count; ++i) {
        amounts[i] = divider.divide(whole, numerators[i], remainders[i]);
        left -= amounts[i];
    }
    if (left != 0)
        give_units(left, amounts, remainders, count, order);
}

} // namespace rulebook::credit::columns
