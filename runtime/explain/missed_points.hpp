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
    std::int64_t points = 0; // hundredths: what the clause alone would move the score by
    std::int64_t whole = 0;  // hundredths: without the limits of its group and of the score
    bool of_group = false;   // the group's limit takes some of it
    bool of_score = false;   // the score's does
    bool up = true;          // so much more; else less
    bool wanted = true;      // what the clause's condition would have to be
    bool for_each = false;   // for each element more
};

// Of clauses that would move the score the right way, the greatest first. A clause whose points
// a limit takes is left out, unless others beside it would bring them back within the limit: it
// stands there with what it adds alone, which is 0 then.
std::vector<MissedPoints> missed_points(const plan::Fit& fit, const interpret::FitResult& result,
                                        const ScoreWay& way);

} // namespace rulebook::explain
