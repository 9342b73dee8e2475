// Explanations of triggers: every candidate and what became of it, and what is waited for.
#pragma once

#include "runtime/explain/explanation.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/trigger/account_triggers.hpp"

namespace rulebook::explain {

// What the trigger (index in Plan::rules) did for the root record, up to `as_of`: how often each of
// its signals occurred, then a line per candidate with its verdict, followed by what `when`,
// `unless` and the policy saw, as far as they were judged, and what they would need that stopped
// it; waits that were closed; how far the pattern got that is not complete, or where the silence,
// clock or condition stands; last what is pending. `triggers` ran for the root record up to
// `as_of`, and `history` is what it wrote down.
Explanation explain_trigger(interpret::Evaluator& evaluator, trigger::AccountTriggers& triggers,
                            const trigger::History& history, std::uint32_t rule,
                            interpret::RowIndex root, std::int64_t as_of);

// The same without the candidates that fired and the conditions that let one pass: why it did not
// fire.
Explanation only_what_stopped(Explanation explanation);

} // namespace rulebook::explain
