// Which conditions time changes through windows alone.
#include <gtest/gtest.h>

#include "runtime/plan/moving_windows.hpp"
#include "tests/unit/interpret/small_plan.hpp"

namespace rulebook::testing {
namespace {

using plan::AggregateKind;

class MovingWindows : public ::testing::Test {
protected:
    SmallPlan plan_;

    std::optional<std::vector<plan::MovingWindow>> of(NodeId node) const {
        return plan::moving_windows(plan_.plan, node);
    }
    NodeId at_least_two(plan::Aggregate elements) {
        return plan_.condition(Op::GreaterEqual,
                               {plan_.aggregate(std::move(elements), kInt), plan_.whole(2)});
    }
    plan::Aggregate events(std::vector<plan::Window> windows, NodeId where = kNoNode) {
        plan::Aggregate elements = plan_.over("events", AggregateKind::Count, where);
        elements.windows = std::move(windows);
        return elements;
    }
};

TEST_F(MovingWindows, OfWhatStandsStillThereAreNone) {
    const auto of_fields =
        of(plan_.condition(Op::Greater, {plan_.field("account.employees"), plan_.whole(10)}));
    ASSERT_TRUE(of_fields);
    EXPECT_TRUE(of_fields->empty());
    const auto of_all = of(at_least_two(events({})));
    ASSERT_TRUE(of_all);
    EXPECT_TRUE(of_all->empty());
    const auto since = of(at_least_two(events({SmallPlan::since(plan_.field("account.since"))})));
    ASSERT_TRUE(since);
    EXPECT_TRUE(since->empty());
}

TEST_F(MovingWindows, EachIsThereOnce) {
    const plan::Window week = SmallPlan::last(7 * kDay);
    const plan::Window days = SmallPlan::last_calendar(plan::CalendarUnit::Day, 3);
    const NodeId one = at_least_two(events({week}));
    const NodeId other = at_least_two(events({week, days}));
    const auto windows = of(plan_.condition(Op::And, {one, other}));
    ASSERT_TRUE(windows);
    ASSERT_EQ(windows->size(), 2U);
    for (const plan::MovingWindow& each : *windows) {
        EXPECT_EQ(each.collection, plan_.entity("event"));
        EXPECT_EQ(each.time_field, plan_.field_index("event.at"));
    }
    EXPECT_NE(windows->front(), windows->back());
}

TEST_F(MovingWindows, AlsoThroughRules) {
    plan::Fit fit;
    fit.clauses = {clause(points(10), at_least_two(events({SmallPlan::last(kDay)})))};
    const auto score =
        of(plan_.condition(Op::Greater, {plan_.rule_result(Op::FitScore, kPoints, plan_.add(fit)),
                                         plan_.constant(kPoints, integer(points(5)))}));
    ASSERT_TRUE(score);
    EXPECT_EQ(score->size(), 1U);
}

TEST_F(MovingWindows, NothingWhereTimeDoesMore) {
    EXPECT_FALSE(of(plan_.condition(Op::Less, {plan_.field("account.renews_at"), plan_.as_of()})));
    const NodeId due = plan_.condition(Op::Less, {plan_.field("event.due"), plan_.as_of()});
    EXPECT_FALSE(of(at_least_two(events({}, due)))) << "an element looks at the clock";
    EXPECT_FALSE(of(at_least_two(events({SmallPlan::since(plan_.as_of())}))))
        << "a window's anchor moves";
}

TEST_F(MovingWindows, NothingOfRulesThatChangeInTime) {
    plan::Fit fading;
    fading.clauses = {clause(points(10))};
    fading.clauses[0].for_each = plan::ForEach{.elements = events({})};
    const auto asks = [&](const plan::Fit& fit) {
        return plan_.condition(Op::Greater,
                               {plan_.rule_result(Op::FitScore, kPoints, plan_.add(fit)),
                                plan_.constant(kPoints, integer(points(5)))});
    };
    EXPECT_TRUE(of(asks(fading)));
    fading.clauses[0].for_each->fading = plan::ForEach::Fading::Halving;
    fading.clauses[0].for_each->every_microseconds = kDay;
    EXPECT_FALSE(of(asks(fading)));
    plan::Fit later;
    later.clauses = {clause(points(10))};
    later.effective.from = at("2026-01-01");
    EXPECT_FALSE(of(asks(later)));
}

} // namespace
} // namespace rulebook::testing
