// Explanations of triggers: every candidate, and what became of it.
#pragma once

#include "runtime/explain/explanation.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/trigger/account_triggers.hpp"

namespace rulebook::explain {

// What the trigger (index in Plan::rules) did for the root record, up to `as_of`: how often each of
// its signals occurred, then a line per candidate with its verdict, followed by what `when`,
// `unless` and the policy saw, as far as they were judged; last what is pending. `triggers` ran for
// the root record up to `as_of`, and `events` is what it saw.
Explanation explain_trigger(interpret::Evaluator& evaluator, trigger::AccountTriggers& triggers,
                            const std::vector<trigger::SeenEvent>& events, std::uint32_t rule,
                            interpret::RowIndex root, std::int64_t as_of);

} // namespace rulebook::explain
