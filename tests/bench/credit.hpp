// Deals of ten touches, divided by hand over the same columns as runtime/credit/columns.
#pragma once

#include <cstdint>

namespace rulebook::bench {

inline constexpr std::uint32_t kCreditParties = 5; // named so that their order is that of the codes

struct CreditColumns {
    std::int64_t deals;
    const std::uint32_t* first_touch; // of its account, by deal
    const std::uint32_t* last_touch;
    const std::int64_t* closed_at; // by deal
    const std::int64_t* amount;    // cents, below 2^40
    const std::int64_t* at;        // by touch, ascending within an account, no two at one time
    const std::uint32_t* party;    // by touch
};

// Rows of parties: deals one after the other, in the order of their first touches. Rows of touches:
// party after party.
struct CreditByHand {
    std::uint32_t* first_party; // by deal, and one more
    std::uint32_t* party;
    std::int64_t* share; // millionths
    std::int64_t* amount;
    std::uint32_t* last_touch;
    std::uint32_t* touch; // null: touches are not wanted
    std::int64_t* touch_amount;
};

// Touches in (closed_at - window, closed_at]; each divides amounts exactly to the cent.
void position_by_hand(const CreditColumns& columns, std::int64_t window,
                      const CreditByHand& results);
void equal_by_hand(const CreditColumns& columns, std::int64_t window, const CreditByHand& results);
void decay_by_hand(const CreditColumns& columns, std::int64_t window, std::int64_t half_life,
                   const CreditByHand& results);

} // namespace rulebook::bench
