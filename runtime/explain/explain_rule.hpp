// Explanations of fits, decisions and tables.
#pragma once

#include <cstdint>

#include "runtime/explain/explanation.hpp"
#include "runtime/interpret/evaluator.hpp"

namespace rulebook::explain {

// Why a fit, decision or table (index in Plan::rules) gives what it gives for the root record at
// the instant. A fit's lines have points that add up to its score. A decision's choices after the
// one that was taken, and a table's rows, are judged too, so that a reader sees what else is true.
Explanation explain_rule(interpret::Evaluator& evaluator, std::uint32_t rule,
                         interpret::RowIndex root, std::int64_t instant);

} // namespace rulebook::explain
