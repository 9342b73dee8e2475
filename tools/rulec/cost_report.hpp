// What `rulec check --cost` prints.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "runtime/plan/plan.hpp"

namespace rulec::tool {

// The formulas of every rule and trigger; of a rulebook without rules, of none.
std::string cost_text(const rulebook::plan::Plan& plan);
nlohmann::ordered_json cost_json(const rulebook::plan::Plan& plan);

} // namespace rulec::tool
