// Explanations of credit: every deal, who got what of it and why.
#pragma once

#include <span>

#include "runtime/credit/account_credit.hpp"
#include "runtime/explain/explanation.hpp"
#include "runtime/interpret/evaluator.hpp"

namespace rulebook::explain {

// What the credit rule (index in Plan::rules) did with the deals of the root record: for each deal
// how it was judged, which split divided it and why those before it did not, what each party and
// each of its touches got, and the flags. The amounts of a deal's parties add up to its amount, and
// those of a party's touches to the party's. `deals` are those of the root record; `fired` as
// credit_deals got it.
Explanation explain_credit(interpret::Evaluator& evaluator,
                           std::span<const credit::DealCredit> deals, std::uint32_t rule,
                           interpret::RowIndex root, std::int64_t as_of,
                           const interpret::FiredLookup* fired);

} // namespace rulebook::explain
