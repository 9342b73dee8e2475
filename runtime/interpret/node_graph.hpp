// Facts about the graph of nodes, seen once per plan; internal to this folder.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::interpret {

struct NodeGraph {
    std::vector<std::uint32_t> uses; // per node: by nodes and by rules
    std::uint32_t deepest = 0; // nodes on the longest way down, through the rules that are read

    // Refuses a plan in which a rule reads itself or a later one (code plan.cycle).
    static Result<NodeGraph> of(const plan::Plan& plan);
};

} // namespace rulebook::interpret
