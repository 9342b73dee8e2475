#include "runtime/value/calendar.hpp"
#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

// The zone is America/New_York.
class TimeTest : public EvaluationTest {
protected:
    void SetUp() override { data.account({{"since", integer(at("2026-03-01"))}}); }

    NodeId date(std::string_view written) { return plan.constant(kDate, integer(day(written))); }
};

TEST_F(TimeTest, DatesAreThoseOfTheZone) {
    const NodeId before = plan.node(Op::DateOf, kDate, {plan.instant("2026-03-02T04:59:59Z")});
    const NodeId after = plan.node(Op::DateOf, kDate, {plan.instant("2026-03-02T05:00:00Z")});
    const NodeId start = plan.node(Op::StartOfDay, kTime, {date("2026-07-01")});
    EXPECT_VALUE(value(before), integer(day("2026-03-01")));
    EXPECT_VALUE(value(after), integer(day("2026-03-02")));
    EXPECT_VALUE(value(start), integer(at("2026-07-01T04:00:00Z")));
}

TEST_F(TimeTest, PartsOfADate) {
    const std::vector<std::tuple<Op, std::string_view, std::int64_t>> cases{
        {Op::Year, "2026-01-31", 2026},
        {Op::Month, "2026-01-31", 1},
        {Op::Day, "2026-01-31", 31},
        {Op::Weekday, "2026-01-31", 6},
        {Op::StartOfWeek, "2026-01-31", day("2026-01-26")},
        {Op::StartOfMonth, "2026-01-31", day("2026-01-01")},
        {Op::StartOfYear, "2026-01-31", day("2026-01-01")}};
    std::vector<NodeId> nodes;
    for (const auto& [op, written, expected] : cases)
        nodes.push_back(plan.node(op, kInt, {date(written)}));
    for (std::size_t i = 0; i < cases.size(); ++i)
        EXPECT_VALUE(value(nodes[i]), integer(std::get<2>(cases[i])));
}

TEST_F(TimeTest, ArithmeticOnTimesStaysInTheCalendar) {
    const NodeId last = plan.instant("9999-12-31T23:59:59.999999Z");
    const NodeId first = plan.instant("0001-01-01T00:00:00Z");
    const NodeId unit = plan.constant(kDuration, integer(1));
    const NodeId late = plan.node(Op::AddExact, kTime, {last, unit});
    const NodeId early = plan.node(Op::SubtractExact, kTime, {first, unit});
    const NodeId fine = plan.node(Op::SubtractExact, kTime, {last, unit});
    const NodeId between = plan.node(Op::SubtractExact, kDuration, {last, first});
    EXPECT_UNKNOWN(value(late), Overflow, late);
    EXPECT_UNKNOWN(value(early), Overflow, early);
    EXPECT_VALUE(value(fine), integer(kLastTime.microseconds - 1));
    EXPECT_VALUE(value(between), integer(kLastTime.microseconds - kFirstTime.microseconds));
}

TEST_F(TimeTest, WhatLeavesTheCalendarIsUnknown) {
    const NodeId late = plan.constant(kTime, integer(std::numeric_limits<std::int64_t>::max()));
    const NodeId date_of = plan.node(Op::DateOf, kDate, {late});
    const NodeId year =
        plan.node(Op::Year, kInt, {plan.constant(kDate, integer(1'000'000'000'000))});
    EXPECT_UNKNOWN(value(date_of), Overflow, date_of);
    EXPECT_UNKNOWN(value(year), Overflow, year);
}

TEST_F(TimeTest, AsOfIsTheInstantOfTheRow) {
    const NodeId now = plan.as_of();
    const NodeId age = plan.node(Op::SubtractExact, kDuration, {now, plan.field("account.since")});
    EXPECT_VALUE(value(now, at("2026-03-08")), integer(at("2026-03-08")));
    EXPECT_VALUE(value(age, at("2026-03-08")), integer(7 * kDay));
}

TEST_F(TimeTest, AsOfAgoEvaluatesAtThatInstant) {
    const NodeId now = plan.as_of();
    const NodeId ago = plan.node(Op::AsOfAgo, kTime, {now});
    plan.last_node().detail = kDay;
    const NodeId twice = plan.node(Op::AsOfAgo, kTime, {ago});
    plan.last_node().detail = kHour;
    const NodeId elapsed = plan.node(Op::SubtractExact, kDuration, {now, ago});
    const NodeId turned = plan.node(Op::SubtractExact, kDuration, {ago, now});
    EXPECT_VALUE(value(twice, at("2026-03-08")), integer(at("2026-03-07") - kHour));
    EXPECT_VALUE(value(elapsed), integer(kDay)) << "the outer `as_of` stays what it was";
    EXPECT_VALUE(value(turned), integer(-kDay));
}

// One node, read at two instants; it is kept for the row, since several nodes use it.
TEST_F(TimeTest, WhatIsKeptForOneInstantDoesNotShowAtAnother) {
    data.event(0, {{"at", integer(at("2026-03-01"))}});
    data.event(0, {{"at", integer(at("2026-03-02"))}});
    const NodeId count = plan.aggregate(plan.over("events", plan::AggregateKind::Count), kInt);
    const NodeId ago = plan.node(Op::AsOfAgo, kInt, {count});
    plan.last_node().detail = kDay;
    const NodeId ago_first = plan.node(Op::SubtractExact, kInt, {ago, count});
    const NodeId now_first = plan.node(Op::SubtractExact, kInt, {count, ago});
    const NodeId both = plan.node(Op::SubtractExact, kInt, {now_first, ago_first});
    EXPECT_VALUE(value(ago_first, at("2026-03-02")), integer(-1));
    EXPECT_VALUE(value(both, at("2026-03-02")), integer(2));
}

TEST_F(TimeTest, AsOfAgoBeforeAllTimeIsUnknown) {
    const NodeId ago = plan.node(Op::AsOfAgo, kTime, {plan.as_of()});
    plan.last_node().detail = std::numeric_limits<std::int64_t>::max();
    EXPECT_UNKNOWN(value(ago, -2), Overflow, ago);
}

TEST_F(TimeTest, ChangeComparesWithThen) {
    for (const auto* instant :
         {"2026-03-01", "2026-03-02", "2026-03-09", "2026-03-09", "2026-03-09"})
        data.event(0, {{"at", integer(at(instant))}});
    const NodeId count = plan.aggregate(plan.over("events", plan::AggregateKind::Count), kInt);
    const NodeId change = plan.node(Op::Change, kPercent, {count});
    plan.last_node().detail = 7 * kDay;
    EXPECT_VALUE(value(change, at("2026-03-09")), integer(1'500'000)) << "from 2 to 5";
    EXPECT_VALUE(value(change, at("2026-03-10")), integer(1'500'000));
    EXPECT_VALUE(value(change, at("2026-03-08")), integer(1'000'000)) << "from 1 to 2";
    EXPECT_UNKNOWN(value(change, at("2026-03-04")), DivisionByZero, change);
}

} // namespace
} // namespace rulebook::testing
