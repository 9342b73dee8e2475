// Random numbers that are the same everywhere: integers only, no distribution of the standard
// library (their results differ between libraries).
#pragma once

#include <cstdint>
#include <span>

namespace rulebook::sample {

// SplitMix64 (Steele, Lea, Flood 2014).
class Random {
public:
    // A sequence of its own for each (seed, stream).
    Random(std::uint64_t seed, std::uint64_t stream) : state_(mixed(seed) ^ mixed(~stream)) {}

    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15U;
        return mixed(state_);
    }

    // Uniform in 0 to limit - 1. Requires limit > 0.
    std::int64_t below(std::int64_t limit);
    // Uniform in least to most, both included.
    std::int64_t between(std::int64_t least, std::int64_t most) {
        return least + below(most - least + 1);
    }
    // Small values are as likely as large ones of the same relative width. Requires least > 0.
    std::int64_t spread(std::int64_t least, std::int64_t most);
    // True in so many of a thousand cases.
    bool chance(std::int64_t per_mille) { return below(1'000) < per_mille; }
    bool chance_in_a_million(std::int64_t chances) { return below(1'000'000) < chances; }
    // An index, as likely as its weight.
    std::size_t weighted(std::span<const std::int64_t> weights);

    template <class T>
    const T& one_of(std::span<const T> choices) {
        return choices[static_cast<std::size_t>(below(static_cast<std::int64_t>(choices.size())))];
    }

private:
    static std::uint64_t mixed(std::uint64_t value) {
        value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
        value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
        return value ^ (value >> 31U);
    }

    std::uint64_t state_;
};

} // namespace rulebook::sample
