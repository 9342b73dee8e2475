// Points per element of a fit that is asked at ascending instants of one root record; internal to
// this folder. It gives what asking every element gives (points.cpp), without doing so.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/interpret/halving_sum.hpp"
#include "runtime/interpret/results.hpp"
#include "runtime/interpret/run_of_rows.hpp"
#include "runtime/interpret/totals.hpp"

namespace rulebook::interpret {

class FollowedPoints {
public:
    // `followed` outlives it.
    explicit FollowedPoints(const FollowedClause& followed);

    // For the evaluation's root and instant, whatever was asked before; the clause's own condition
    // is not asked. Nothing where the elements must be asked one by one.
    std::optional<ClauseResult> result(Evaluation& evaluation);

private:
    using Points = std::optional<std::int64_t>; // nothing: does not fit

    Points losing(std::int64_t instant) const;
    Points halving(Evaluation& evaluation) const;

    const FollowedClause* followed_;
    RunOfRows all_;
    RunOfRows fading_;
    Totals count_;
    Totals times_;
    HalvingSum halving_;
    Record root_{kNoRecord, 0};
    std::int64_t instant_ = 0;
};

} // namespace rulebook::interpret
