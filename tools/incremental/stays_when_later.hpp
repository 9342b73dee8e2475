// Whether results can stay as they are when a run is for a later instant.
#pragma once

#include <string>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulec::incremental {

// The first of the rules (`only`: names; empty: all) whose results for an account may change with
// time alone, while nothing of the account becomes known and none of its times is reached; empty:
// there is none. Triggers are such: they wait.
std::string moving_rule(const rulebook::plan::Plan& plan, const std::vector<std::string>& only);

} // namespace rulec::incremental
