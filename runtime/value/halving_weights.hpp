// The exponential behind `halving every h`, of many ages.
#pragma once

#include <cstdint>

#include "runtime/value/integer.hpp"

namespace rulebook {

__extension__ using UnsignedInt128 = unsigned __int128;

namespace halving {
struct Powers;
}

// Gives what halving_weight(age, half_life) gives, in a few nanoseconds: what depends on the
// half-life alone is made ready once. Immutable; safe to share between threads.
class HalvingWeights {
public:
    // Requires half_life > 0.
    explicit HalvingWeights(std::uint64_t half_life);

    std::uint64_t half_life() const { return half_life_; }
    std::uint64_t operator()(std::uint64_t age) const;

private:
    std::uint64_t half_life_;
    std::uint64_t most_;        // from this age on it is left to halving_weight
    double per_half_life_;      // 1/half_life
    UnsignedInt128 reciprocal_; // floor(2^127 / half_life)
    const halving::Powers* powers_;
};

} // namespace rulebook
