// Explanations of what a credit rule says nothing of: deals that are none of its own.
#pragma once

#include <optional>

#include "runtime/credit/account_credit.hpp"
#include "runtime/explain/explanation.hpp"
#include "runtime/interpret/evaluator.hpp"

namespace rulebook::explain {

// Why the credit rule (index in Plan::rules) neither credits nor lists the deal of the root record
// at `as_of`: not known yet, later, or not of its `for`, with what that would need. Nothing where
// it does, or divides other records. `fired` as credit_deals gets it.
std::optional<Explanation> explain_other_deal(interpret::Evaluator& evaluator,
                                              const credit::CreditShapes& shapes,
                                              std::uint32_t rule, interpret::RowIndex root,
                                              interpret::Record deal, std::int64_t as_of,
                                              const interpret::FiredLookup* fired);

} // namespace rulebook::explain
