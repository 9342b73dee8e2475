#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

using interpret::FitResult;

std::int64_t sum_of_parts(const FitResult& fit) {
    std::int64_t sum = fit.score_limit + fit.out_loss;
    for (const auto& clause : fit.clauses)
        sum += clause.points + clause.limit;
    for (const std::int64_t limit : fit.group_limits)
        sum += limit;
    return sum;
}

class FitTest : public EvaluationTest {
protected:
    void SetUp() override { data.account(); }

    static std::vector<plan::Tier> tiers() {
        return {{points(80), 4}, {points(60), 3}, {points(40), 2}, {INT64_MIN, 1}};
    }
};

TEST_F(FitTest, AddsTheClausesThatAreTrue) {
    plan::Fit fit;
    fit.clauses = {clause(points(30), plan.yes()), clause(points(20), plan.no()),
                   clause(points(-5.25), plan.yes()), clause(points(1))};
    fit.tiers = tiers();
    const FitResult& result = this->fit(plan.add(fit));
    EXPECT_EQ(result.score, points(25.75));
    EXPECT_EQ(result.tier, 1);
    EXPECT_EQ(result.unknowns, 0U);
    EXPECT_VALUE(result.clauses[1].truth, truth(false));
    EXPECT_EQ(sum_of_parts(result), result.score);
}

TEST_F(FitTest, AnUnknownClauseGivesNothingAndIsCounted) {
    const NodeId doubt = plan.field("account.active");
    plan::Fit fit;
    fit.outs = {{doubt, "", {}}};
    fit.clauses = {clause(points(30), doubt), clause(points(20), plan.yes())};
    const FitResult& result = this->fit(plan.add(fit));
    EXPECT_EQ(result.score, points(20));
    EXPECT_EQ(result.unknowns, 2U);
    EXPECT_FALSE(result.out);
    EXPECT_UNKNOWN(result.clauses[0].truth, MissingInput, doubt);
    EXPECT_EQ(result.tier, std::nullopt) << "a fit without tiers";
}

TEST_F(FitTest, LimitsApplyInOrderAndAreKeptApart) {
    plan::Fit fit;
    fit.groups = {{"firmographics", points(50), std::nullopt, {}},
                  {"losses", std::nullopt, points(-10), {}}};
    plan::PointsClause limited = clause(points(45), plan.yes());
    limited.at_most = points(40);
    limited.group = 0;
    plan::PointsClause in_group = clause(points(30), plan.yes());
    in_group.group = 0;
    plan::PointsClause loss = clause(points(-25), plan.yes());
    loss.group = 1;
    fit.clauses = {limited, in_group, loss, clause(points(70), plan.yes())};
    fit.score_low = 0;
    fit.score_high = points(100);
    fit.tiers = tiers();
    const FitResult& result = this->fit(plan.add(fit));
    EXPECT_EQ(result.clauses[0].limit, points(-5));
    EXPECT_EQ(result.group_limits, (std::vector{points(-20), points(15)}));
    EXPECT_EQ(result.score_limit, points(-10)) << "50 - 10 + 70 are 110";
    EXPECT_EQ(result.score, points(100));
    EXPECT_EQ(result.tier, 4);
    EXPECT_EQ(sum_of_parts(result), result.score);
}

TEST_F(FitTest, OutIsBelowAllTiersWhateverHits) {
    plan::Fit fit;
    fit.outs = {{plan.no(), "", {}}, {plan.yes(), "private address", {}}};
    fit.clauses = {clause(points(90), plan.yes())};
    fit.tiers = tiers();
    const FitResult& result = this->fit(plan.add(fit));
    EXPECT_TRUE(result.out);
    EXPECT_EQ(result.score, 0);
    EXPECT_EQ(result.tier, 0);
    EXPECT_EQ(result.out_loss, points(-90));
    EXPECT_EQ(sum_of_parts(result), 0);
}

TEST_F(FitTest, TiersHoldTheirLowerEnd) {
    plan::Fit exactly;
    exactly.clauses = {clause(points(60))};
    exactly.tiers = tiers();
    plan::Fit below;
    below.clauses = {clause(points(59.99))};
    below.tiers = tiers();
    const std::uint32_t first = plan.add(exactly);
    const std::uint32_t second = plan.add(below);
    EXPECT_EQ(fit(first).tier, 3);
    EXPECT_EQ(fit(second).tier, 2);
}

TEST_F(FitTest, TheVersionInForceCounts) {
    plan::Fit old;
    old.effective.until = at("2026-01-01");
    old.clauses = {clause(points(1))};
    plan::Fit current;
    current.effective.from = at("2026-02-01");
    current.clauses = {clause(points(2))};
    const std::uint32_t rule = plan.add(old);
    plan.plan.fits.push_back(current);
    plan.plan.rules[rule].versions.push_back(1);
    const NodeId score = plan.rule_result(Op::FitScore, kPoints, rule);
    EXPECT_EQ(fit(rule, at("2025-12-31")).score, points(1));
    EXPECT_EQ(fit(rule, at("2025-12-31")).version, 0U);
    EXPECT_EQ(fit(rule, at("2026-02-01")).score, points(2));
    EXPECT_EQ(evaluator().fit(rule, 0, at("2026-01-01")), nullptr);
    EXPECT_UNKNOWN(value(score, at("2026-01-01")), NotInForce, score);
}

TEST_F(FitTest, RulesReadEarlierOnesAtTheirInstant) {
    data.event(0, {{"at", integer(at("2026-03-02"))}});
    plan::Fit fit;
    fit.clauses = {
        clause(points(50), plan.aggregate(plan.over("events", plan::AggregateKind::Any), kBool))};
    fit.outs = {{plan.no(), "", {}}};
    fit.tiers = tiers();
    const std::uint32_t rule = plan.add(fit);
    const NodeId score = plan.rule_result(Op::FitScore, kPoints, rule);
    const NodeId tier = plan.rule_result(Op::FitTier, plan.tier_type(), rule);
    const NodeId out = plan.rule_result(Op::FitOut, kBool, rule);
    const NodeId unknowns = plan.rule_result(Op::FitUnknowns, kInt, rule);
    const NodeId ago = plan.node(Op::AsOfAgo, kPoints, {score});
    plan.last_node().detail = kDay;
    EXPECT_VALUE(value(score, at("2026-03-02")), integer(points(50)));
    EXPECT_VALUE(value(ago, at("2026-03-02")), integer(0));
    EXPECT_VALUE(value(tier, at("2026-03-02")), integer(2));
    EXPECT_VALUE(value(out, at("2026-03-02")), truth(false));
    EXPECT_VALUE(value(unknowns, at("2026-03-02")), integer(0));
}

// ---- points

class PointsTest : public FitTest {
protected:
    void add_event(std::int64_t instant) { data.event(0, {{"at", integer(instant)}}); }

    plan::PointsClause for_each(std::int64_t points, plan::ForEach::Fading fading,
                                std::int64_t every = 0, std::int64_t loses = 0) {
        plan::PointsClause result = clause(points);
        result.for_each.emplace();
        result.for_each->elements = plan.over("events", plan::AggregateKind::Count);
        result.for_each->fading = fading;
        result.for_each->every_microseconds = every;
        result.for_each->loses = loses;
        return result;
    }
    interpret::ClauseResult only(plan::PointsClause clause, std::int64_t instant = kToday) {
        plan::Fit fit;
        fit.clauses = {std::move(clause)};
        return this->fit(plan.add(fit), instant).clauses[0];
    }
    plan::PointsClause ramp(std::int64_t low, std::int64_t high, NodeId input, Value from,
                            Value to) {
        plan::PointsClause result = clause(low);
        result.points_to = high;
        result.ramp = plan::Ramp{input, std::move(from), std::move(to)};
        return result;
    }
};

TEST_F(PointsTest, AStraightLineIsFlatOutside) {
    const std::vector<std::pair<std::int64_t, double>> cases{{0, 0},    {1, 0},   {2, 1.11},
                                                             {5, 4.44}, {10, 10}, {11, 10}};
    plan::Fit fit;
    for (const auto& [input, expected] : cases)
        fit.clauses.push_back(ramp(0, points(10), plan.whole(input), integer(1), integer(10)));
    const FitResult& result = this->fit(plan.add(fit));
    for (std::size_t i = 0; i < cases.size(); ++i)
        EXPECT_EQ(result.clauses[i].points, points(cases[i].second)) << cases[i].first;
}

TEST_F(PointsTest, AStraightLineMayFallAndIsRoundedHalfToEven) {
    plan::Fit fit;
    fit.clauses = {ramp(points(10), 0, plan.whole(4), integer(0), integer(8)),
                   ramp(0, 1, plan.whole(1), integer(0), integer(2)),
                   ramp(0, 3, plan.whole(1), integer(0), integer(2)),
                   ramp(0, -3, plan.whole(1), integer(0), integer(2)),
                   ramp(points(1), points(2), plan.whole(3), integer(4), integer(0))};
    const FitResult& result = this->fit(plan.add(fit));
    EXPECT_EQ(result.clauses[0].points, points(5));
    EXPECT_EQ(result.clauses[1].points, 0);
    EXPECT_EQ(result.clauses[2].points, 2);
    EXPECT_EQ(result.clauses[3].points, -2);
    EXPECT_EQ(result.clauses[4].points, points(1.25)) << "from 4 down to 0";
}

TEST_F(PointsTest, AStraightLineOverNumbersIsExact) {
    // 0.1 is a little more than a tenth, so the point halfway between two hundredths is passed.
    const auto over = [&](double x, double to) {
        return ramp(0, 5, plan.constant(kNumber, number(x)), number(0.0), number(to));
    };
    plan::Fit fit;
    fit.clauses = {over(0.1, 1.0), over(0.5, 1.0), over(0x1p-1074, 1e308), over(1e300, 1e308)};
    const FitResult& result = this->fit(plan.add(fit));
    EXPECT_EQ(result.clauses[0].points, 1);
    EXPECT_EQ(result.clauses[1].points, 2) << "2.5, half to even";
    EXPECT_EQ(result.clauses[2].points, 0);
    EXPECT_EQ(result.clauses[3].points, 0);
}

TEST_F(PointsTest, AStraightLineOfAnUnknownIsUnknown) {
    const NodeId input = plan.field("account.employees");
    const auto result = only(ramp(0, points(10), input, integer(1), integer(10)));
    EXPECT_UNKNOWN(result.truth, MissingInput, input);
    EXPECT_EQ(result.points, 0);
}

TEST_F(PointsTest, PerElement) {
    for (int i = 0; i < 4; ++i)
        add_event(at("2026-03-01") + i);
    plan::PointsClause limited = for_each(points(3), plan::ForEach::Fading::None);
    limited.at_most = points(10);
    const auto result = only(limited);
    EXPECT_EQ(result.points, points(12));
    EXPECT_EQ(result.limit, points(-2));
}

TEST_F(PointsTest, WithoutElementsAClauseDoesNotHit) {
    const auto result = only(for_each(points(3), plan::ForEach::Fading::None));
    EXPECT_VALUE(result.truth, truth(false));
    EXPECT_EQ(result.points, 0);
}

TEST_F(PointsTest, HalvingIsSmoothAndTermsAddBeforeRounding) {
    const std::int64_t now = at("2026-03-29");
    for (const int age : {0, 14, 28, 7})
        add_event(now - age * kDay);
    // 3 × (1 + 1/2 + 1/4 + 1/√2) = 7.3713…
    const auto result = only(for_each(points(3), plan::ForEach::Fading::Halving, 14 * kDay), now);
    EXPECT_EQ(result.points, points(7.37));
}

TEST_F(PointsTest, AnElementWhoseTimeIsStillToComeHasNoAge) {
    const std::int64_t now = at("2026-03-29");
    data.event(0, {{"at", integer(now)}, {"due", integer(now + 14 * kDay)}});
    plan::PointsClause clause = for_each(points(3), plan::ForEach::Fading::Halving, 14 * kDay);
    clause.for_each->elements.time_field = plan.field_index("event.due");
    EXPECT_EQ(only(clause, now).points, points(3));
}

TEST_F(PointsTest, LosingGoesToZeroInAStraightLine) {
    const std::int64_t now = at("2026-03-29");
    for (const int age : {0, 7, 10, 27, 28, 60})
        add_event(now - age * kDay);
    // 20, 15, 20 - 50/7, 20 - 135/7, 0, 0
    const auto result =
        only(for_each(points(20), plan::ForEach::Fading::Losing, 7 * kDay, points(5)), now);
    EXPECT_EQ(result.points, points(48.57));
    EXPECT_VALUE(result.truth, truth(true));
}

TEST_F(PointsTest, LossesFadeTowardsZeroToo) {
    const std::int64_t now = at("2026-03-29");
    add_event(now - 7 * kDay);
    const auto result =
        only(for_each(points(-20), plan::ForEach::Fading::Losing, 7 * kDay, points(5)), now);
    EXPECT_EQ(result.points, points(-15));
}

TEST_F(PointsTest, WhatDoesNotFitIsUnknown) {
    add_event(at("2026-03-01"));
    add_event(at("2026-03-02"));
    const auto result = only(for_each(INT64_MAX, plan::ForEach::Fading::None));
    EXPECT_UNKNOWN(result.truth, Overflow, kNoNode);
    EXPECT_EQ(result.points, 0);
}

} // namespace
} // namespace rulebook::testing
