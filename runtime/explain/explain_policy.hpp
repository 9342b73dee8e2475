// Explanations of policies: what they let pass and what they held back.
#pragma once

#include "runtime/explain/explanation.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/trigger/account_triggers.hpp"

namespace rulebook::explain {

// What the policy (index in Plan::policies) did for the root record, up to `as_of`: its triggers,
// then a line per candidate that came as far as the policy, with what `suppress` saw and which
// limit held it back; last when a limit that is used up lets the next one pass. `triggers` and
// `history` as for explain_trigger.
Explanation explain_policy(interpret::Evaluator& evaluator, trigger::AccountTriggers& triggers,
                           const trigger::History& history, std::uint32_t policy,
                           std::int64_t as_of);

} // namespace rulebook::explain
