// The credit rules of a rulebook.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulec::tool {

// Indexes in Plan::rules of those that are asked for; no names: of all.
std::vector<std::uint32_t> credit_rules(const rulebook::plan::Plan& plan,
                                        const std::vector<std::string>& only);

} // namespace rulec::tool
