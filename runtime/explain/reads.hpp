// What an expression reads, for people.
#pragma once

#include <string>
#include <vector>

#include "runtime/explain/explanation.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/plan/plan.hpp"

namespace rulebook::explain {

// The nodes at which values come into an expression, in source order, each once: fields, what is
// asked of collections, results of other rules, lookups, values at other instants. What is inside
// of an aggregate is not split up further.
std::vector<plan::NodeId> reads_of(const plan::Plan& plan, plan::NodeId node);

// How a node reads in the source; where the plan does not say, a description.
std::string label_of(const plan::Plan& plan, plan::NodeId node);

// "employees is unknown: missing in the data"; empty if the value is known.
std::string cause_of(const plan::Plan& plan, const plan::Value& value);

// The values of what the expression reads, for the row; nothing for kNoNode. `as_of` is left out,
// since an explanation says for which instant it is.
std::vector<Named> seen_by(interpret::Evaluator& evaluator, plan::NodeId node,
                           const interpret::RowContext& row);

Truth truth_of(const plan::Value& value); // of a Bool

} // namespace rulebook::explain
