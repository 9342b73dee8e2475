// Deals and touches as columns, and what dividing many deals gives.
#pragma once

#include <cstdint>
#include <span>

#include "runtime/data/column.hpp"
#include "runtime/data/growing_array.hpp"

namespace rulebook::credit::columns {

using data::RowIndex;
using Code = std::uint32_t; // of a party, or of a key; from 0
inline constexpr Code kNoCode = 0xffffffff;

// Touches that a rule takes, row by row; an account's lie together and their instants ascend.
struct TouchColumns {
    std::span<const std::int64_t> instants{};
    std::span<const Code> parties{};
    // What orders touches of one instant; empty: nothing.
    std::span<const std::int64_t> sequences{};
    std::span<const std::uint8_t> sequence_known{};
    std::span<const std::span<const Code>> keys{}; // what models go by
};

// What deals say to a model, a row a deal.
struct FactColumns {
    // incremental, millionths: known ones; assisted > 0
    std::span<const std::int64_t> unassisted{}, assisted{};
    // milestones: a column each, as in Model::milestones
    std::span<const std::span<const std::int64_t>> milestones{};
    std::span<const std::span<const std::uint8_t>> milestone_known{}; // and not later than the deal
};

// Deals, row by row. The touches of one are those of its account's in [since, until].
struct DealColumns {
    std::span<const RowIndex> first_touch{}, last_touch{}; // of its account: [first, last)
    std::span<const std::int64_t> since{}, until{};
    std::span<const std::int64_t> amounts{}; // minor units, of either sign
    FactColumns facts{};
};

// How the division of a deal ended.
enum class Outcome : std::uint8_t {
    Untouched, // it was not asked about
    Divided,
    NoTouch,  // divided, too: the rule's `without touches`, or nobody
    Passed,   // the model gives no touch a positive weight
    TooLarge, // its numbers do not fit: credit::divide divides it
};

// What is wanted of deals: their parties alone, or the amounts of the parties' touches, too.
enum class Want : std::uint8_t { Parties, Touches };

// A row a party of a deal, a row a touch of such a party. The parties of a deal are in the order of
// ties, the touches of a party in theirs; amounts bear the deal's sign and add up to its amount.
struct DividedDeals {
    struct Range {
        std::uint32_t first = 0, last = 0;
    };
    data::GrowingArray<Outcome> outcomes; // by deal
    data::GrowingArray<Range> parties_of; // by deal: rows of the columns below
    data::GrowingArray<Code> party;
    data::GrowingArray<std::int64_t> share; // millionths, rounded half to even
    data::GrowingArray<std::int64_t> amount;
    // Want::Touches:
    data::GrowingArray<std::uint32_t> last_touch; // where the party's touches end; the first
                                                  // party's begin where the one before ends
    data::GrowingArray<RowIndex> touch;           // row of TouchColumns
    data::GrowingArray<std::int64_t> touch_amount;

    // Of so many deals, none of which was asked about.
    void start(std::size_t deals);
    Range touches_of(std::uint32_t row) const {
        return {row == 0 ? 0 : last_touch[row - 1], last_touch[row]};
    }
};

} // namespace rulebook::credit::columns
