// Names of rules on the command line that are none.
#pragma once

#include <string>

#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulec::tool {

// Says that there is no rule of that name (code "rulec.no_rule"), and which one may be meant; of
// policies, too, where `policies` may be named.
rulebook::Error no_rule_named(const rulebook::plan::Plan& plan, const std::string& name,
                              bool policies);

} // namespace rulec::tool
