// Decisions and tables; internal to this folder.
#pragma once

#include "runtime/interpret/evaluation.hpp"
#include "runtime/interpret/results.hpp"
#include "runtime/plan/rules.hpp"

namespace rulebook::interpret {

// For the root and instant at hand.
DecisionResult evaluate_decision(Evaluation& evaluation, const plan::Decision& decision);
TableResult evaluate_table(Evaluation& evaluation, const plan::Table& table);

} // namespace rulebook::interpret
