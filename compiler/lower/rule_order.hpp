// In which order the rules stand in a plan. Internal to this folder.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/model/rulebook.hpp"

namespace rulec::lower {

struct RuleOrder {
    std::vector<std::uint32_t> rules;              // of the model, in the plan's order
    std::vector<std::uint32_t> position;           // of the model → of the plan
    std::vector<std::vector<std::uint32_t>> reads; // per rule of the model, sorted
    std::vector<std::uint32_t> depth;              // per rule of the model: its longest chain
};

// By layer; within one, after those that a rule reads; then by name. Requires that no circle
// closes.
RuleOrder order_rules(const model::Rulebook& book);

} // namespace rulec::lower
