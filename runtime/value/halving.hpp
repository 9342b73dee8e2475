// The exponential behind `halving every h`: one integer routine, the same in every engine and on
// every machine.
#pragma once

#include <cstdint>
#include <optional>

namespace rulebook {

// Weights are counts of 2^-62, so that sums of them are exact.
inline constexpr int kHalvingBits = 62;
inline constexpr std::uint64_t kWholeHalvingWeight = std::uint64_t{1} << kHalvingBits;

// 2^(-age/half_life), correctly rounded (half to even) to a multiple of 2^-62: the result is that
// multiple, from 2^62 for age 0 down to 0. Requires half_life > 0. Pure; about a microsecond.
std::uint64_t halving_weight(std::uint64_t age, std::uint64_t half_life);

// The two ways in which it is computed, for tests; the fraction's numerator is below the half-life,
// `halvings` is below 63.
namespace halving {

// In 126 bits; nothing where that is too little to decide the rounding (about once in 2^55 values).
std::optional<std::uint64_t> in_126_bits(std::uint64_t halvings, std::uint64_t numerator,
                                         std::uint64_t half_life);
// In as many bits as it takes; numerator > 0, since a whole power needs no rounding to be decided.
std::uint64_t in_growing_precision(std::uint64_t halvings, std::uint64_t numerator,
                                   std::uint64_t half_life);

} // namespace halving

} // namespace rulebook
