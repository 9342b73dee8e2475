#include "runtime/value/halving_weights.hpp"

#include <array>

#include "runtime/value/fixed_126.hpp"
#include "runtime/value/halving.hpp"

// With age = (k + f) h: 2^-(k + f) = 2^-k 2^-(i/2^8) 2^-(j/2^16) 2^-x, where i and j are the first
// and the second 8 bits of f and x < 2^-16 is what is left. The first two factors are looked up,
// 2^-x is its power series to the fourth power, in counts of 2^-80 in one word each. The result is
// within kError; where both ends round alike, that is the answer, else halving_weight decides
// (about once in 2^13 values).
namespace rulebook {

using halving::Fixed;

namespace halving {

namespace {

constexpr unsigned kIndexBits = 8;
constexpr unsigned kIndexes = 1U << kIndexBits;
constexpr unsigned kWordBits = 80; // what a word counts: 2^-80
// y is off by less than 4 counts of 2^-80, each of the three other terms by one, the terms that are
// left out by less than one, the product with the second factor's rest by one: 8 in all, and the
// tables by nothing to speak of.
constexpr Fixed kError = Fixed{16} << (kFixedBits - kWordBits);
constexpr std::uint64_t kLogarithm = 0xB17217F7D1CF79AB; // floor(ln 2 × 2^64)
constexpr std::uint64_t kSixth = 0x2AAAAAAAAAAAAAAA;     // floor(2^64 / 6)
constexpr std::uint64_t kLongest = std::uint64_t{1} << 47;

} // namespace

struct Powers {
    std::array<Fixed, kIndexes> first{};  // 2^-(i/2^8), in counts of 2^-126
    std::array<Fixed, kIndexes> second{}; // 1 - 2^-(j/2^16), in counts of 2^-80
};

namespace {

Fixed power(std::uint64_t numerator, std::uint64_t denominator) {
    if (numerator == 0)
        return kOne;
    return exponential_of_minus(multiply(fraction(numerator, denominator), kLogarithmOf2));
}

const Powers& powers() {
    static const Powers made = [] {
        Powers all;
        for (unsigned i = 0; i < kIndexes; ++i) {
            all.first[i] = power(i, kIndexes);
            all.second[i] =
                (kOne - power(i, std::uint64_t{kIndexes} * kIndexes)) >> (kFixedBits - kWordBits);
        }
        return all;
    }();
    return made;
}

std::uint64_t high(std::uint64_t a, std::uint64_t b) {
    return static_cast<std::uint64_t>(Fixed{a} * b >> 64);
}

// 1 - 2^-x of x < 2^-16, both in counts of 2^-80.
std::uint64_t rest_of_power(std::uint64_t x) {
    const std::uint64_t y = high(x, kLogarithm);
    const std::uint64_t square = high(y, y);           // counts of 2^-96
    const std::uint64_t cube = high(square, y);        // 2^-112
    const std::uint64_t fourth = high(square, square); // 2^-128
    return y - (square >> 17) + (high(cube, kSixth) >> 32) - (fourth >> 48) / 24;
}

} // namespace

} // namespace halving

HalvingWeights::HalvingWeights(std::uint64_t half_life)
    : half_life_(half_life),
      most_(half_life < halving::kLongest ? half_life * (kHalvingBits + 1) : 0),
      per_half_life_(1 / static_cast<double>(half_life)),
      reciprocal_((Fixed{1} << 127) / half_life), powers_(&halving::powers()) {}

std::uint64_t HalvingWeights::operator()(std::uint64_t age) const {
    using namespace halving;
    if (age >= most_)
        return halving_weight(age, half_life_);
    auto halvings = static_cast<std::uint64_t>(static_cast<double>(age) * per_half_life_);
    std::uint64_t numerator = age - halvings * half_life_;
    if (numerator >= half_life_) { // by one, either way
        const bool below = (numerator >> 63) != 0;
        halvings += below ? ~std::uint64_t{0} : 1;
        numerator += below ? half_life_ : ~half_life_ + 1;
    }
    if (numerator == 0)
        return kWholeHalvingWeight >> halvings;
    const Fixed fraction = reciprocal_ * numerator; // counts of 2^-127
    const auto i = static_cast<std::size_t>(fraction >> 119);
    const auto j = static_cast<std::size_t>(fraction >> 111) % kIndexes;
    const std::uint64_t rest = rest_of_power(static_cast<std::uint64_t>(fraction >> 47));
    // (1 - a)(1 - b) = 1 - (a + b - a b)
    const Fixed second = powers_->second[j];
    const Fixed lost = second + rest - (high(static_cast<std::uint64_t>(second >> 8), rest) >> 8);
    const Fixed first = powers_->first[i];
    const Fixed weight = first - multiply(first, lost << (kFixedBits - kWordBits));
    const auto excess = static_cast<unsigned>(kFixedBits - kHalvingBits + halvings);
    const Fixed half = Fixed{1} << (excess - 1);
    const auto least = static_cast<std::uint64_t>((weight - kError + half) >> excess);
    const auto most = static_cast<std::uint64_t>((weight + kError + half) >> excess);
    return least == most ? least : halving_weight(age, half_life_);
}

} // namespace rulebook
