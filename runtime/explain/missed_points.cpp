#include "runtime/explain/missed_points.hpp"

#include <algorithm>
#include <tuple>

namespace rulebook::explain {

namespace {

// The points that a clause can have; of elements for the first of them.
struct Reach {
    std::int64_t least = 0;
    std::int64_t most = 0;
};

Reach reach_of(const plan::PointsClause& clause) {
    Reach reach{clause.points, clause.points};
    if (clause.ramp)
        reach = {std::min(clause.points, clause.points_to),
                 std::max(clause.points, clause.points_to)};
    if (clause.when != plan::kNoNode || clause.for_each)
        reach = {std::min<std::int64_t>(reach.least, 0), std::max<std::int64_t>(reach.most, 0)};
    return reach;
}

} // namespace

std::vector<MissedPoints> missed_points(const plan::Fit& fit, const interpret::FitResult& result,
                                        const ScoreWay& way) {
    std::vector<MissedPoints> missed;
    for (std::size_t i = 0; i < fit.clauses.size(); ++i) {
        const plan::PointsClause& clause = fit.clauses[i];
        const interpret::ClauseResult& is = result.clauses[i];
        const Reach reach = reach_of(clause);
        const bool first = clause.for_each && is.elements == 0;
        const bool counts_already = clause.for_each && is.elements > 0;
        if (const std::int64_t more = (counts_already ? 0 : reach.most) - is.points;
            way.up && more > 0)
            missed.push_back({i, more, true, is.points >= 0, first && clause.points > 0});
        if (const std::int64_t less = is.points - (counts_already ? 0 : reach.least);
            way.down && less > 0)
            missed.push_back({i, less, false, is.points <= 0, first && clause.points < 0});
    }
    std::ranges::sort(missed, {}, [](const MissedPoints& one) {
        return std::tuple(-one.points, one.clause, !one.up);
    });
    return missed;
}

} // namespace rulebook::explain
