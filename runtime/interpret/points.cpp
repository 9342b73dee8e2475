// The points of one clause: fixed, along a straight line, or per element. Everything is exact and
// rounded once, half to even, to hundredths. A clause whose points do not fit is unknown.
#include "runtime/interpret/elements.hpp"
#include "runtime/interpret/fit.hpp"
#include "runtime/interpret/followed_points.hpp"
#include "runtime/interpret/straight_line.hpp"
#include "runtime/value/halving.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::interpret {

namespace {

using plan::Cause;
using plan::ForEach;
using plan::Value;
using Points = std::optional<std::int64_t>; // nothing: does not fit

ClauseResult hit(Points points) {
    if (!points)
        return {Value::unknown(Cause::Overflow, plan::kNoNode)};
    return {Value::of(true), *points};
}

ClauseResult along_line(Evaluation& evaluation, const plan::PointsClause& clause) {
    Value input = evaluation.value(clause.ramp->input);
    if (!input.known())
        return {std::move(input)};
    if (!clause.ramp->from.known() || !clause.ramp->to.known())
        return hit(std::nullopt);
    return hit(on_straight_line(input, clause.ramp->from, clause.ramp->to, clause.points,
                                clause.points_to));
}

// Microseconds; an element whose time is still to come has age 0.
std::int64_t age(std::int64_t instant, std::int64_t time) {
    if (time >= instant)
        return 0;
    return checked_subtract(instant, time).value_or(std::numeric_limits<std::int64_t>::max());
}

std::optional<Int128> multiply(Int128 a, Int128 b) {
    Int128 product = 0;
    if (__builtin_mul_overflow(a, b, &product))
        return std::nullopt;
    return product;
}

// points × sum of weights, weights in counts of 2^-62.
Points halving_points(const ForEach& for_each, std::int64_t points,
                      const std::vector<std::int64_t>& ages) {
    Int128 weights = 0;
    for (const std::int64_t age : ages)
        weights += halving_weight(static_cast<std::uint64_t>(age),
                                  static_cast<std::uint64_t>(for_each.every_microseconds));
    const auto product = multiply(weights, points);
    if (!product)
        return std::nullopt;
    return narrow(divide_half_even(*product, kWholeHalvingWeight));
}

// Each element's points go to zero in a straight line, losing `loses` in every `every`.
Points losing_points(const ForEach& for_each, std::int64_t points,
                     const std::vector<std::int64_t>& ages) {
    const Int128 every = for_each.every_microseconds;
    const Int128 size = points < 0 ? -Int128{points} : Int128{points};
    Int128 sum = 0; // in counts of 1/every hundredths
    for (const std::int64_t age : ages) {
        const Int128 left = size * every - Int128{for_each.loses} * age;
        if (left > 0 && __builtin_add_overflow(sum, left, &sum))
            return std::nullopt;
    }
    return narrow(divide_half_even(points < 0 ? -sum : sum, every));
}

Points faded_points(const ForEach& for_each, std::int64_t points,
                    const std::vector<std::int64_t>& ages) {
    switch (for_each.fading) {
    case ForEach::Fading::Halving:
        return halving_points(for_each, points, ages);
    case ForEach::Fading::Losing:
        return losing_points(for_each, points, ages);
    case ForEach::Fading::None:
        break;
    }
    return checked_multiply(points, static_cast<std::int64_t>(ages.size()));
}

// Ages of the elements that count.
std::vector<std::int64_t> ages_of(Evaluation& evaluation, const ForEach& for_each) {
    std::vector<std::int64_t> ages;
    const bool fading = for_each.fading != ForEach::Fading::None;
    for_each_element(evaluation, for_each.elements, for_each.level, [&](Record element) {
        if (!fading) {
            ages.push_back(0);
            return;
        }
        const Value time = time_of(evaluation, for_each.elements, element);
        if (time.known()) // of unknown age: its points are unknown, and it is passed over
            ages.push_back(age(evaluation.instant(), time.integer()));
    });
    return ages;
}

ClauseResult per_element(Evaluation& evaluation, const plan::PointsClause& clause) {
    if (FollowedPoints* followed = evaluation.followed(clause))
        if (auto result = followed->result(evaluation))
            return *std::move(result);
    const ForEach& for_each = *clause.for_each;
    const std::vector<std::int64_t> ages = ages_of(evaluation, for_each);
    if (ages.empty())
        return {Value::of(false)};
    ClauseResult result = hit(faded_points(for_each, clause.points, ages));
    result.elements = static_cast<std::int64_t>(ages.size());
    return result;
}

} // namespace

ClauseResult evaluate_clause(Evaluation& evaluation, const plan::PointsClause& clause) {
    if (clause.when != plan::kNoNode) {
        Value truth = evaluation.value(clause.when);
        if (!truth.is_true())
            return {std::move(truth)};
    }
    if (clause.ramp)
        return along_line(evaluation, clause);
    if (clause.for_each)
        return per_element(evaluation, clause);
    return {Value::of(true), clause.points};
}

} // namespace rulebook::interpret
