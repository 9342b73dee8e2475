#include "runtime/explain/missed_points.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>

#include "runtime/value/integer.hpp"

namespace rulebook::explain {

namespace {

using Limit = std::optional<std::int64_t>;

Int128 within(Int128 points, Limit low, Limit high) {
    if (high && points > *high)
        points = *high;
    if (low && points < *low)
        points = *low;
    return points;
}

std::int64_t saturated(Int128 points) {
    using Limits = std::numeric_limits<std::int64_t>;
    return static_cast<std::int64_t>(std::clamp<Int128>(points, Limits::min(), Limits::max()));
}

// The points that a clause can have, within its own limits; of elements for the first of them.
struct Reach {
    Int128 least = 0;
    Int128 most = 0;
};

Reach reach_of(const plan::PointsClause& clause) {
    const auto hit = [&](std::int64_t points) {
        return within(points, clause.at_least, clause.at_most);
    };
    Reach reach{hit(clause.points), hit(clause.points)};
    const auto include = [&reach](Int128 points) {
        reach = {std::min(reach.least, points), std::max(reach.most, points)};
    };
    if (clause.ramp)
        include(hit(clause.points_to));
    if (clause.when != plan::kNoNode || clause.for_each)
        include(0);
    return reach;
}

Int128 points_of(const interpret::ClauseResult& clause) {
    return Int128{clause.points} + clause.limit;
}

// Whether points that move up (or down) are still beyond the limit that is behind them.
bool still_beyond(Int128 points, Limit low, Limit high, bool up) {
    return up ? low && points <= *low : high && points >= *high;
}

// What becomes of the clauses' points on their way to the score.
class WayToScore {
public:
    WayToScore(const plan::Fit& fit, const interpret::FitResult& result)
        : fit_(fit), groups_(fit.groups.size()) {
        for (std::size_t i = 0; i < fit.clauses.size(); ++i)
            (fit.clauses[i].group ? groups_[*fit.clauses[i].group] : total_) +=
                points_of(result.clauses[i]);
        for (std::size_t i = 0; i < groups_.size(); ++i)
            total_ += within(groups_[i], fit.groups[i].at_least, fit.groups[i].at_most);
    }

    // The clause's points change by `change`, and nothing else does; nothing if that is no help.
    std::optional<MissedPoints> of(std::size_t clause, Int128 change) const {
        const bool up = change > 0;
        Int128 left = change;
        bool beyond = false;
        if (const auto index = fit_.clauses[clause].group) {
            const plan::PointsGroup& group = fit_.groups[*index];
            const Int128 after = groups_[*index] + change;
            left = within(after, group.at_least, group.at_most) -
                   within(groups_[*index], group.at_least, group.at_most);
            beyond = still_beyond(after, group.at_least, group.at_most, up);
        }
        const Int128 moved = within(total_ + left, fit_.score_low, fit_.score_high) -
                             within(total_, fit_.score_low, fit_.score_high);
        beyond = beyond ||
                 (left != 0 && still_beyond(total_ + left, fit_.score_low, fit_.score_high, up));
        if (moved == 0 && !beyond)
            return std::nullopt;
        return MissedPoints{.clause = clause,
                            .points = saturated(up ? moved : -moved),
                            .whole = saturated(up ? change : -change),
                            .of_group = left != change,
                            .of_score = moved != left,
                            .up = up};
    }

private:
    const plan::Fit& fit_;
    std::vector<Int128> groups_; // before their limits
    Int128 total_ = 0;           // before the score's
};

} // namespace

std::vector<MissedPoints> missed_points(const plan::Fit& fit, const interpret::FitResult& result,
                                        const ScoreWay& way) {
    const WayToScore to_score(fit, result);
    std::vector<MissedPoints> missed;
    for (std::size_t i = 0; i < fit.clauses.size(); ++i) {
        const plan::PointsClause& clause = fit.clauses[i];
        const interpret::ClauseResult& is = result.clauses[i];
        const bool counts_already = clause.for_each && is.elements > 0;
        const Reach reach = counts_already ? Reach{} : reach_of(clause);
        const auto add = [&](Int128 change) {
            auto moved = to_score.of(i, change);
            if (!moved)
                return;
            moved->wanted = moved->up ? is.points >= 0 : is.points <= 0;
            moved->for_each = clause.for_each && is.elements == 0 &&
                              (moved->up ? clause.points > 0 : clause.points < 0);
            missed.push_back(*moved);
        };
        if (way.up && reach.most > points_of(is))
            add(reach.most - points_of(is));
        if (way.down && reach.least < points_of(is))
            add(reach.least - points_of(is));
    }
    std::ranges::sort(missed, {}, [](const MissedPoints& one) {
        return std::tuple(-one.points, one.clause, !one.up);
    });
    return missed;
}

} // namespace rulebook::explain
