// Which triggers have to run for some rules to be evaluated.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::trigger {

// Indexes in Plan::rules, ascending: those among `rules` (the same, ascending, too), those whose
// firings they ask for, themselves or through rules that they read, and those that share a policy
// with one of these, which counts what they fired.
std::vector<std::uint32_t> needed_triggers(const plan::Plan& plan,
                                           std::span<const std::uint32_t> rules);

} // namespace rulebook::trigger
