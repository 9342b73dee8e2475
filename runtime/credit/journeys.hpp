// Which way an account came to its closed deals, or to none: what weights are learnt from.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/credit/account_credit.hpp"

namespace rulebook::credit {

struct Journey {
    bool conversion = false;
    std::vector<Party> parties; // of the touches that the rule takes, in order; never unknown ones
};

// What is in no journey, or not whole in it.
struct LeftOut {
    std::uint64_t deals_of_unknown_outcome = 0; // closed, but whether `for` holds is unknown
    std::uint64_t conversions_without_time = 0; // `for` is true, but `at` is unknown
    std::uint64_t touches_of_unknown_party = 0;
    std::uint64_t touches_unknown_among = 0; // whether the rule takes them is unknown

    LeftOut& operator+=(const LeftOut& more);

    friend bool operator==(const LeftOut&, const LeftOut&) = default;
};

struct AccountJourneys {
    std::vector<Journey> to_deals; // of deals that are closed: their `at` is not after as_of
    // In the lookback before as_of; there where no deal is closed and the rule takes a touch.
    std::optional<Journey> to_nothing;
    LeftOut left_out;
};

// Of the root record, by the rule as it is written in `credit`, whatever its range: `for` and `at`
// are judged at as_of; a closed deal converted if `for` is true of it, and was lost if it is false.
// A filter of `among` that reads the deal is unknown where there is none, unless it holds anyway.
AccountJourneys journeys_of(const CreditShapes& shapes, const plan::Credit& credit,
                            interpret::Evaluator& evaluator, interpret::RowIndex root,
                            std::int64_t as_of, const interpret::FiredLookup* fired);

} // namespace rulebook::credit
