// Why a candidate did not fire, in the words of the rules.
#pragma once

#include <string>

#include "runtime/plan/plan.hpp"
#include "runtime/trigger/candidate.hpp"

namespace rulebook::trigger {

// "the policy suppresses it: a rep is already on it"; empty for what fired.
std::string cause_text(const plan::Plan& plan, const Candidate& candidate);

} // namespace rulebook::trigger
