// Is a plan sound? The runtime evaluates only plans that are, so evaluation needs no checks of its
// own.
#pragma once

#include <optional>
#include <string>

#include "runtime/plan/plan.hpp"

namespace rulebook::plan {

// What is wrong, in words for a bug report; nothing if the plan is sound: every index is in range,
// operands precede their users and are held as the operation expects, fields belong to the record
// of their frame, rules read only rules that precede them.
std::optional<std::string> validate(const Plan& plan);

} // namespace rulebook::plan
