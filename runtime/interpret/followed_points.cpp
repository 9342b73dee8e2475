#include "runtime/interpret/followed_points.hpp"

#include "runtime/interpret/evaluation.hpp"
#include "runtime/value/halving.hpp"

namespace rulebook::interpret {

using plan::ForEach;

namespace {

Int128 size_of_points(std::int64_t points) {
    return points < 0 ? -Int128{points} : Int128{points};
}

} // namespace

FollowedPoints::FollowedPoints(const FollowedClause& followed)
    : followed_(&followed), all_(followed.all), fading_(followed.fading),
      count_(*followed.all.aggregate, 0, true),
      times_(followed.not_gone ? *followed.not_gone : *followed.all.aggregate, 0, true),
      halving_(followed.clause->for_each->every_microseconds) {}

// Each element's points less what its age has cost: all of them together.
FollowedPoints::Points FollowedPoints::losing(std::int64_t instant) const {
    const plan::PointsClause& clause = *followed_->clause;
    const ForEach& each = *clause.for_each;
    const Int128 elements = times_.elements();
    const Int128 ages = elements * instant - times_.sum_at_rest();
    const Int128 left = elements * size_of_points(clause.points) * each.every_microseconds -
                        Int128{each.loses} * ages;
    return narrow(divide_half_even(clause.points < 0 ? -left : left, each.every_microseconds));
}

// Where the sum is not certain, the weights are added, of those elements that have one.
FollowedPoints::Points FollowedPoints::halving(Evaluation& evaluation) const {
    const plan::PointsClause& clause = *followed_->clause;
    if (const Points certain = halving_.points(clause.points, instant_))
        return certain;
    const auto half_life = static_cast<std::uint64_t>(clause.for_each->every_microseconds);
    Int128 weights = 0;
    all_.for_each_backwards(evaluation, [&](const Part& part) {
        const std::int64_t age = instant_ - part.value.integer();
        const std::uint64_t weight = halving_weight(static_cast<std::uint64_t>(age), half_life);
        weights += weight;
        return weight > 0;
    });
    Int128 product = 0;
    if (__builtin_mul_overflow(weights, Int128{clause.points}, &product))
        return std::nullopt;
    return narrow(divide_half_even(product, kWholeHalvingWeight));
}

std::optional<ClauseResult> FollowedPoints::result(Evaluation& evaluation) {
    if (evaluation.frame(0) != root_ || evaluation.instant() < instant_) {
        root_ = evaluation.frame(0);
        all_.start_afresh();
        fading_.start_afresh();
    }
    instant_ = evaluation.instant();
    const plan::PointsClause& clause = *followed_->clause;
    Points points;
    std::int64_t elements = 0;
    switch (clause.for_each->fading) {
    case ForEach::Fading::None:
        all_.go_to_now(evaluation, count_);
        elements = count_.elements();
        points = checked_multiply(clause.points, elements);
        break;
    case ForEach::Fading::Losing:
        all_.go_to_now(evaluation, count_);
        fading_.go_to_now(evaluation, times_);
        elements = count_.elements();
        points = losing(instant_);
        break;
    case ForEach::Fading::Halving:
        all_.go_to_now(evaluation, halving_);
        elements = halving_.elements();
        points = halving(evaluation);
        break;
    }
    if (elements == 0)
        return ClauseResult{.truth = plan::Value::of(false)};
    if (!points) // too much
        return std::nullopt;
    return ClauseResult{.truth = plan::Value::of(true), .points = *points, .elements = elements};
}

} // namespace rulebook::interpret
