// From clauses to score and tier, in the order of the language: clause limit, clause rounding,
// group limit on the net total, score clamp. What a limit takes is kept apart, so that all parts
// add up to the score.
#include "runtime/interpret/fit.hpp"

#include <algorithm>
#include <limits>

#include "runtime/value/integer.hpp"

namespace rulebook::interpret {

namespace {

using Limits = std::numeric_limits<std::int64_t>;

std::int64_t saturated(Int128 value) {
    return static_cast<std::int64_t>(std::clamp<Int128>(value, Limits::min(), Limits::max()));
}

// ClauseTotals are wide enough for any number of clauses.
Int128 clamped(Int128 total, std::optional<std::int64_t> low, std::optional<std::int64_t> high) {
    if (high && total > *high)
        total = *high;
    if (low && total < *low)
        total = *low;
    return total;
}

void evaluate_outs(Evaluation& evaluation, const plan::Fit& fit, FitResult& result) {
    for (const plan::OutClause& out : fit.outs) {
        plan::Value truth = evaluation.value(out.when);
        result.out = result.out || truth.is_true();
        result.unknowns += truth.known() ? 0 : 1;
        result.outs.push_back(std::move(truth));
    }
}

// Limits are whole hundredths, so it makes no difference that the clause is rounded already.
void limit_clause(const plan::PointsClause& clause, ClauseResult& result) {
    const Int128 net = clamped(result.points, clause.at_least, clause.at_most);
    result.limit = saturated(net - result.points);
}

struct ClauseTotals {
    std::vector<Int128> groups;
    Int128 ungrouped = 0;
};

ClauseTotals evaluate_clauses(Evaluation& evaluation, const plan::Fit& fit, FitResult& result) {
    ClauseTotals totals;
    totals.groups.resize(fit.groups.size());
    result.clauses.reserve(fit.clauses.size());
    for (const plan::PointsClause& clause : fit.clauses) {
        ClauseResult evaluated = evaluate_clause(evaluation, clause);
        if (!evaluated.truth.known())
            ++result.unknowns;
        if (evaluated.truth.is_true())
            limit_clause(clause, evaluated);
        const Int128 net = Int128{evaluated.points} + evaluated.limit;
        (clause.group ? totals.groups[*clause.group] : totals.ungrouped) += net;
        result.clauses.push_back(std::move(evaluated));
    }
    return totals;
}

// The first tier, from the highest down, that the score reaches.
std::optional<std::int64_t> tier_of(const plan::Fit& fit, std::int64_t score) {
    for (const plan::Tier& tier : fit.tiers)
        if (score >= tier.from)
            return tier.value;
    return std::nullopt;
}

} // namespace

FitResult evaluate_fit(Evaluation& evaluation, const plan::Fit& fit, std::int64_t out_tier) {
    FitResult result;
    evaluate_outs(evaluation, fit, result);
    const ClauseTotals totals = evaluate_clauses(evaluation, fit, result);
    Int128 total = totals.ungrouped;
    for (std::size_t i = 0; i < fit.groups.size(); ++i) {
        const Int128 net = clamped(totals.groups[i], fit.groups[i].at_least, fit.groups[i].at_most);
        result.group_limits.push_back(saturated(net - totals.groups[i]));
        total += net;
    }
    const std::int64_t score = saturated(clamped(total, fit.score_low, fit.score_high));
    result.score_limit = saturated(Int128{score} - total);
    result.score = score;
    result.tier = tier_of(fit, score);
    if (result.out) {
        result.out_loss = saturated(-Int128{score});
        result.score = 0;
        if (!fit.tiers.empty())
            result.tier = out_tier;
    }
    return result;
}

} // namespace rulebook::interpret
