// Whatever a fit is made of, its parts add up to its score.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "runtime/explain/explain_rule.hpp"
#include "tests/unit/interpret/small_data.hpp"
#include "tests/unit/interpret/small_plan.hpp"

namespace rulebook::testing {
namespace {

const std::int64_t kNow = at("2026-06-30");

std::int64_t some_points() {
    return *rc::gen::inRange<std::int64_t>(-10'000, 10'000);
}

std::optional<std::int64_t> maybe_points() {
    return *rc::gen::arbitrary<bool>() ? std::optional(some_points()) : std::nullopt;
}

// Limits that do not contradict each other.
std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>> some_limits() {
    auto low = maybe_points();
    auto high = maybe_points();
    if (low && high && *low > *high)
        std::swap(low, high);
    return {low, high};
}

class RandomFit {
public:
    SmallPlan plan;

    plan::Fit make() {
        plan::Fit fit;
        for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
            fit.outs.push_back({condition(), "", {}});
        for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
            plan::PointsGroup group;
            std::tie(group.at_least, group.at_most) = some_limits();
            fit.groups.push_back(group);
        }
        for (int i = *rc::gen::inRange(0, 8); i > 0; --i)
            fit.clauses.push_back(some_clause(fit.groups.size()));
        std::tie(fit.score_low, fit.score_high) = some_limits();
        fit.tiers = {{5'000, 4}, {0, 3}, {INT64_MIN, 1}};
        return fit;
    }

private:
    NodeId condition() {
        const NodeId employees = plan.field("account.employees");
        return *rc::gen::element(plan.yes(), plan.no(), plan.field("account.active"),
                                 plan.condition(Op::Greater, {employees, plan.whole(50)}));
    }

    plan::PointsClause some_clause(std::size_t groups) {
        plan::PointsClause result = clause(some_points(), *rc::gen::element(kNoNode, condition()));
        std::tie(result.at_least, result.at_most) = some_limits();
        if (groups > 0 && *rc::gen::arbitrary<bool>())
            result.group = *rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(groups));
        switch (*rc::gen::inRange(0, 3)) {
        case 0:
            result.points_to = some_points();
            result.ramp = plan::Ramp{plan.field("account.employees"),
                                     integer(*rc::gen::inRange<std::int64_t>(-5, 50)),
                                     integer(*rc::gen::inRange<std::int64_t>(50, 200))};
            break;
        case 1:
            result.for_each = some_elements();
            break;
        default:
            break;
        }
        return result;
    }

    plan::ForEach some_elements() {
        using Fading = plan::ForEach::Fading;
        plan::ForEach elements;
        elements.elements = plan.over("events", plan::AggregateKind::Count);
        elements.fading = *rc::gen::element(Fading::None, Fading::Halving, Fading::Losing);
        elements.every_microseconds = *rc::gen::inRange<std::int64_t>(1, 30 * kDay);
        elements.loses = *rc::gen::inRange<std::int64_t>(0, 500);
        return elements;
    }
};

data::Dataset some_account(const SmallPlan& plan) {
    SmallData data(plan);
    const auto maybe_missing = [](Value value) {
        return *rc::gen::arbitrary<bool>() ? std::move(value) : missing();
    };
    data.account({{"employees", maybe_missing(integer(*rc::gen::inRange<std::int64_t>(0, 200)))},
                  {"active", maybe_missing(truth(*rc::gen::arbitrary<bool>()))}});
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i)
        data.event(0, {{"at", integer(kNow - *rc::gen::inRange<std::int64_t>(0, 90 * kDay))}});
    return data.build();
}

RC_GTEST_PROP(Contributions, AddUpToTheScore, ()) {
    RandomFit random;
    const plan::Fit fit = random.make();
    const std::uint32_t rule = random.plan.add(fit);
    const data::Dataset dataset = some_account(random.plan);
    const auto prepared = interpret::PreparedPlan::prepare(random.plan.plan);
    interpret::Evaluator evaluator(*prepared, dataset);
    const interpret::FitResult result = *evaluator.fit(rule, 0, kNow);

    std::int64_t parts = result.score_limit + result.out_loss;
    for (const auto& clause : result.clauses)
        parts += clause.points + clause.limit;
    for (const std::int64_t limit : result.group_limits)
        parts += limit;
    RC_ASSERT(parts == result.score);

    std::int64_t lines = 0;
    for (const auto& line : explain::explain_rule(evaluator, rule, 0, kNow).lines)
        lines += line.points.value_or(0);
    RC_ASSERT(lines == result.score);

    RC_ASSERT(result.tier.has_value());
    RC_ASSERT(result.out == (result.tier == 0));
    if (!result.out && fit.score_low)
        RC_ASSERT(result.score >= *fit.score_low);
    if (!result.out && fit.score_high)
        RC_ASSERT(result.score <= *fit.score_high);
}

// What does not hit gives nothing.
RC_GTEST_PROP(Contributions, OnlyTrueClausesGivePoints, ()) {
    RandomFit random;
    const std::uint32_t rule = random.plan.add(random.make());
    const data::Dataset dataset = some_account(random.plan);
    const auto prepared = interpret::PreparedPlan::prepare(random.plan.plan);
    interpret::Evaluator evaluator(*prepared, dataset);
    const interpret::FitResult result = *evaluator.fit(rule, 0, kNow);
    std::uint32_t unknowns = 0;
    for (const auto& out : result.outs)
        unknowns += out.known() ? 0 : 1;
    for (const auto& clause : result.clauses) {
        unknowns += clause.truth.known() ? 0 : 1;
        if (!clause.truth.is_true())
            RC_ASSERT(clause.points == 0 && clause.limit == 0);
    }
    RC_ASSERT(unknowns == result.unknowns);
}

} // namespace
} // namespace rulebook::testing
