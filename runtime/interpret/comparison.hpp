// Comparisons of values that somebody has: what an evaluator would give of such operands.
#pragma once

#include <span>

#include "runtime/plan/op.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::interpret {

// Requires plan::is_comparison(op), and as many operands of one type as the operation has; they may
// be unknown, and so may be the result.
plan::Value compare(plan::Op op, std::span<const plan::Value> operands);

} // namespace rulebook::interpret
