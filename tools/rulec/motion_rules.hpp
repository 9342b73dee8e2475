// The rules that say who leads at an account: decisions over the built-in motions.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulec::tool {

// Indexes in Plan::rules.
std::vector<std::uint32_t> motion_rules(const rulebook::plan::Plan& plan);

} // namespace rulec::tool
