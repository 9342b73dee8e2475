// What an expression would need that is not as somebody wants it, part by part. Internal to this
// folder.
#pragma once

#include <cstddef>
#include <vector>

#include "runtime/explain/explanation.hpp"
#include "runtime/interpret/evaluator.hpp"

namespace rulebook::explain {

inline constexpr std::size_t kMostThresholds = 24;

// For a Bool that is to be `wanted`: a line for each part of the expression that stands in its way,
// what it is and what it would have to be; where a part reads a rule, the parts of the rule after
// it, indented. At most kMostThresholds lines.
std::vector<Line> thresholds(interpret::Evaluator& evaluator, plan::NodeId node,
                             const interpret::RowContext& row, bool wanted);

} // namespace rulebook::explain
