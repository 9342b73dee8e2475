// The shares of a deal's parties, exact, on their way from a model's weights to minor units.
// Internal: brings the exact numbers along.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "runtime/credit/weights.hpp"

namespace rulebook::credit {

inline constexpr std::uint32_t kNoRank = std::numeric_limits<std::uint32_t>::max();

CommonFractions over_common_denominator(std::span<const Rational> fractions);

struct PartyShare {
    Party party;
    std::uint32_t first_rank = kNoRank; // of its first touch
    std::vector<std::size_t> touches{}; // indexes, in order
    Rational by_model{};
    std::optional<std::int64_t> floor{}; // millionths
    bool raised = false;
    Rational share{};
};

// The parties of touches, weights and floors, with the shares that the weights give them, in the
// order of ties: earlier first touch, none last, then name.
std::vector<PartyShare> shares_of_parties(std::span<const Touch> touches, const Weights& weights,
                                          std::span<const PartyPart> floors);

// Raises every party below its floor and scales the others to what remains, until none is below.
// The shares add up to 1 before and after.
void apply_floors(std::vector<PartyShare>& parties);

// Rounds parts of `whole` (they add up to 1) to integers that add up to it: each down, then one
// unit each to the largest remainders; of equal remainders the earlier one.
struct Rounded {
    std::vector<Integer> amounts;
    std::vector<bool> got_unit;
    std::int64_t units = 0;
};
Rounded round_by_largest_remainder(const Integer& whole, const CommonFractions& parts);

} // namespace rulebook::credit
