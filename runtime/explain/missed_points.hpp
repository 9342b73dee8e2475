// What the clauses of a fit could still add to the score, or take from it. Internal to this folder.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/explain/score_way.hpp"
#include "runtime/interpret/results.hpp"
#include "runtime/plan/plan.hpp"

namespace rulebook::explain {

struct MissedPoints {
    std::size_t clause = 0;  // in Fit::clauses
    std::int64_t points = 0; // hundredths, above 0
    bool up = true;          // so much more; else less
    bool wanted = true;      // what the clause's condition would have to be
    bool for_each = false;   // for each element more
};

// Of clauses that would move the score the right way, the greatest first.
std::vector<MissedPoints> missed_points(const plan::Fit& fit, const interpret::FitResult& result,
                                        const ScoreWay& way);

} // namespace rulebook::explain
