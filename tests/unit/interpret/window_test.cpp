#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

// Instants of events that a window lets through, seen from an instant.
class WindowTest : public EvaluationTest {
protected:
    void SetUp() override { data.account(); }

    void event(std::int64_t instant, Value due = missing()) {
        data.event(0, {{"at", integer(instant)}, {"due", std::move(due)}});
    }
    NodeId count(std::vector<plan::Window> windows) {
        plan::Aggregate aggregate = plan.over("events", plan::AggregateKind::Count);
        aggregate.windows = std::move(windows);
        return plan.aggregate(aggregate, kInt);
    }
    void expect(NodeId node, std::string_view instant, std::int64_t expected) {
        EXPECT_VALUE(value(node, at(instant)), integer(expected)) << instant;
    }
};

TEST_F(WindowTest, LastLeavesOutItsFarEndAndHoldsItsNearOne) {
    event(at("2026-03-01"));
    event(at("2026-03-01") + 1);
    event(at("2026-03-08"));
    const NodeId week = count({SmallPlan::last(7 * kDay)});
    EXPECT_VALUE(value(week, at("2026-03-08")), integer(2));
}

TEST_F(WindowTest, NeighbouringWindowsNeverCountTwice) {
    for (int hour = 0; hour < 100; ++hour)
        event(at("2026-03-01") + hour * kHour);
    const NodeId last = count({SmallPlan::last(kDay)});
    const NodeId ago = plan.node(Op::AsOfAgo, kInt, {last});
    plan.last_node().detail = kDay;
    const NodeId both = count({SmallPlan::last(2 * kDay)});
    const std::int64_t now = at("2026-03-04");
    EXPECT_EQ(value(last, now).integer() + value(ago, now).integer(), value(both, now).integer());
}

TEST_F(WindowTest, SinceHoldsItsAnchorBeforeDoesNot) {
    event(at("2026-03-01"));
    event(at("2026-03-02"));
    const NodeId anchor = plan.instant("2026-03-02");
    const NodeId since = count({SmallPlan::since(anchor)});
    const NodeId before = count({SmallPlan::before(anchor)});
    const NodeId day_before = count({SmallPlan::last_before(kDay, anchor)});
    expect(since, "2026-03-08", 1);
    expect(before, "2026-03-08", 1);
    expect(day_before, "2026-03-08", 1);
}

TEST_F(WindowTest, SeveralWindowsMustAllHold) {
    event(at("2026-03-01"));
    event(at("2026-03-05"));
    const NodeId node =
        count({SmallPlan::since(plan.instant("2026-03-02")), SmallPlan::last(7 * kDay)});
    const NodeId turned =
        count({SmallPlan::last(7 * kDay), SmallPlan::since(plan.instant("2026-03-02"))});
    for (const NodeId each : {node, turned}) {
        expect(each, "2026-03-07", 1);
        expect(each, "2026-03-13", 0);
    }
}

TEST_F(WindowTest, AnUnknownAnchorLetsNothingThrough) {
    event(at("2026-03-01"));
    const NodeId since = count({SmallPlan::since(plan.field("account.since"))});
    expect(since, "2026-03-08", 0);
}

TEST_F(WindowTest, CalendarDaysAreDatesOfTheZone) {
    event(at("2026-03-02T04:59:59Z")); // 1 March in New York
    event(at("2026-03-02T05:00:00Z")); // 2 March
    const NodeId week = count({SmallPlan::last_calendar(plan::CalendarUnit::Day, 7)});
    expect(week, "2026-03-08T12:00:00Z", 1);
    expect(week, "2026-03-08T04:59:59Z", 2);
}

TEST_F(WindowTest, IsoWeeksBeginOnMonday) {
    event(at("2026-03-08T12:00:00Z")); // a Sunday
    event(at("2026-03-09T12:00:00Z"));
    const NodeId one = count({SmallPlan::last_calendar(plan::CalendarUnit::IsoWeek, 1)});
    const NodeId two = count({SmallPlan::last_calendar(plan::CalendarUnit::IsoWeek, 2)});
    expect(one, "2026-03-10T12:00:00Z", 1);
    expect(two, "2026-03-10T12:00:00Z", 2);
}

TEST_F(WindowTest, CalendarMonthsStartTheDayAfterTheSameDay) {
    event(at("2026-03-15T12:00:00Z"));
    event(at("2026-03-16T12:00:00Z"));
    const NodeId months = count({SmallPlan::last_calendar(plan::CalendarUnit::Month, 3)});
    expect(months, "2026-06-15T12:00:00Z", 1);
}

TEST_F(WindowTest, AnotherTimeFieldMayRule) {
    event(at("2026-03-01"), integer(at("2026-03-07")));
    event(at("2026-03-07"), missing());
    plan::Aggregate aggregate = plan.over("events", plan::AggregateKind::Count);
    aggregate.time_field = plan.field_index("event.due");
    aggregate.windows = {SmallPlan::last(2 * kDay)};
    const NodeId node = plan.aggregate(aggregate, kInt);
    expect(node, "2026-03-08", 1);
}

TEST_F(WindowTest, EnormousSpansReachBackForEver) {
    event(at("0001-01-01"));
    const std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
    const NodeId elapsed = count({SmallPlan::last(greatest)});
    std::vector<NodeId> nodes{elapsed};
    for (const auto unit :
         {plan::CalendarUnit::Day, plan::CalendarUnit::IsoWeek, plan::CalendarUnit::Month})
        nodes.push_back(count({SmallPlan::last_calendar(unit, greatest)}));
    // In New York the first day begins some hours after it began in UTC.
    EXPECT_VALUE(value(nodes[0], at("2026-03-08")), integer(1));
    for (std::size_t i = 1; i < nodes.size(); ++i)
        EXPECT_VALUE(value(nodes[i], at("2026-03-08")), integer(0));
}

// An evaluator keeps elements once it is asked again; a new one looks at all of them.
TEST_F(WindowTest, AskingAgainGivesTheSame) {
    for (int i = 0; i < 40; ++i)
        data.event(0, {{"at", integer(at("2026-03-01") + (i * i % 37) * kHour)},
                       {"seq", integer(i)},
                       {"name", i % 5 == 0 ? missing() : text(i % 2 == 0 ? "P" : "Q")},
                       {"value", i % 7 == 0 ? missing() : integer(i)},
                       {"due", integer(at("2026-03-01") + (i * 11 % 29) * kHour)}});
    const NodeId named = plan.condition(Op::Equal, {plan.field("event.name"), plan.words("Q")});
    const NodeId recent =
        plan.condition(Op::Less, {plan.field("event.due"), plan.as_of()}); // depends on the instant
    std::vector<NodeId> nodes;
    for (const NodeId where : {kNoNode, named, recent})
        for (const auto kind :
             {plan::AggregateKind::Count, plan::AggregateKind::Any, plan::AggregateKind::Sum,
              plan::AggregateKind::First, plan::AggregateKind::Last, plan::AggregateKind::Max})
            for (const auto& windows : std::vector<std::vector<plan::Window>>{
                     {},
                     {SmallPlan::last(10 * kHour)},
                     {SmallPlan::since(plan.instant("2026-03-01T05:00:00Z")),
                      SmallPlan::before(plan.instant("2026-03-02T02:00:00Z"))}}) {
                const bool counts =
                    kind == plan::AggregateKind::Count || kind == plan::AggregateKind::Any;
                const NodeId of = counts ? kNoNode : plan.field("event.value");
                plan::Aggregate aggregate = plan.over("events", kind, where, of);
                aggregate.windows = windows;
                nodes.push_back(
                    plan.aggregate(aggregate, kind == plan::AggregateKind::Any ? kBool : kInt));
            }
    for (const NodeId node : nodes)
        for (const int hour : {40, 3, 12, 12, -1, 25, 36, 0, 400}) {
            const std::int64_t now = at("2026-03-01") + hour * kHour;
            const std::string again = shown(value(node, now));
            interpret::Evaluator afresh(prepared(), dataset());
            EXPECT_EQ(again, shown(afresh.evaluate(node, row(0, now)))) << node << " " << hour;
        }
}

} // namespace
} // namespace rulebook::testing
