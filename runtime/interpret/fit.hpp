// Fits; internal to this folder.
#pragma once

#include "runtime/interpret/evaluation.hpp"
#include "runtime/interpret/results.hpp"
#include "runtime/plan/rules.hpp"

namespace rulebook::interpret {

// For the root and instant at hand. `out_tier`: index of `out` in the tier enum.
FitResult evaluate_fit(Evaluation& evaluation, const plan::Fit& fit, std::int64_t out_tier);

// Truth and points of one clause.
ClauseResult evaluate_clause(Evaluation& evaluation, const plan::PointsClause& clause);

} // namespace rulebook::interpret
