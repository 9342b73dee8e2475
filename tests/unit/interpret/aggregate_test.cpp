#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

using plan::AggregateKind;

class AggregateTest : public EvaluationTest {
protected:
    void SetUp() override { data.account(); }

    void event(std::string_view instant, FieldValues fields = {}) {
        fields.emplace_back("at", integer(at(instant)));
        data.event(0, fields);
    }
    NodeId over_events(AggregateKind kind, plan::Type type, std::string_view of,
                       NodeId where = kNoNode) {
        const NodeId taken = of.empty() ? kNoNode : plan.field(of);
        return plan.aggregate(plan.over("events", kind, where, taken), type);
    }
    NodeId named(std::string name) {
        return plan.condition(Op::Equal, {plan.field("event.name"), plan.words(std::move(name))});
    }
};

TEST_F(AggregateTest, CountAndAnyPassOverUnknownConditions) {
    event("2026-03-01", {{"name", text("a")}});
    event("2026-03-02");
    event("2026-03-03", {{"name", text("b")}});
    const NodeId all = over_events(AggregateKind::Count, kInt, "");
    const NodeId count = over_events(AggregateKind::Count, kInt, "", named("a"));
    const NodeId any = over_events(AggregateKind::Any, kBool, "", named("b"));
    const NodeId none = over_events(AggregateKind::Any, kBool, "", named("c"));
    EXPECT_VALUE(value(all), integer(3));
    EXPECT_VALUE(value(count), integer(1));
    EXPECT_VALUE(value(any), truth(true));
    EXPECT_VALUE(value(none), truth(false)) << "the unnamed event does not make it unknown";
}

TEST_F(AggregateTest, EveryWantsTheConditionTrueOfAllThatCount) {
    event("2026-03-01", {{"name", text("a")}, {"value", integer(5)}});
    event("2026-03-02", {{"name", text("a")}});
    event("2026-03-03", {{"name", text("b")}, {"value", integer(5)}});
    const auto every = [&](NodeId where) {
        plan::Aggregate aggregate = plan.over("events", AggregateKind::Every, where);
        aggregate.have = plan.condition(Op::Greater, {plan.field("event.value"), plan.whole(4)});
        return plan.aggregate(aggregate, kBool);
    };
    const NodeId of_a = every(named("a"));
    const NodeId of_b = every(named("b"));
    const NodeId of_none = every(named("c"));
    EXPECT_VALUE(value(of_a), truth(false)) << "one of them is unknown";
    EXPECT_VALUE(value(of_b), truth(true));
    EXPECT_VALUE(value(of_none), truth(true));
}

TEST_F(AggregateTest, SumsSkipUnknownValues) {
    event("2026-03-01", {{"value", integer(5)}, {"size", number(0.5)}});
    event("2026-03-02", {{"value", integer(-2)}});
    event("2026-03-03");
    const NodeId whole = over_events(AggregateKind::Sum, kInt, "event.value");
    const NodeId real = over_events(AggregateKind::Sum, kNumber, "event.size");
    const NodeId all_unknown = over_events(AggregateKind::Sum, kDollars, "event.price");
    const NodeId of_none = over_events(AggregateKind::Sum, kDollars, "event.price", named("x"));
    EXPECT_VALUE(value(whole), integer(3));
    EXPECT_VALUE(value(real), number(0.5));
    EXPECT_UNKNOWN(value(all_unknown), AllUnknown, all_unknown);
    EXPECT_VALUE(value(of_none), integer(0));
}

TEST_F(AggregateTest, ExactSumsAreCheckedOnceAtTheEnd) {
    const std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
    event("2026-03-01", {{"value", integer(greatest)}, {"price", integer(greatest)}});
    event("2026-03-02", {{"value", integer(greatest)}, {"price", integer(1)}});
    event("2026-03-03", {{"value", integer(-greatest)}});
    const NodeId fits = over_events(AggregateKind::Sum, kInt, "event.value");
    const NodeId overflows = over_events(AggregateKind::Sum, kDollars, "event.price");
    EXPECT_VALUE(value(fits), integer(greatest));
    EXPECT_UNKNOWN(value(overflows), Overflow, overflows);
}

TEST_F(AggregateTest, ExtremesAndAveragesOfNothingAreUnknown) {
    event("2026-03-01", {{"value", integer(5)}, {"price", integer(1)}});
    event("2026-03-02", {{"value", integer(2)}, {"price", integer(2)}});
    event("2026-03-03");
    const NodeId least = over_events(AggregateKind::Min, kInt, "event.value");
    const NodeId greatest = over_events(AggregateKind::Max, kInt, "event.value");
    const NodeId mean = over_events(AggregateKind::Avg, kNumber, "event.value");
    const NodeId mean_price = over_events(AggregateKind::Avg, kDollars, "event.price");
    const NodeId of_none = over_events(AggregateKind::Min, kInt, "event.value", named("x"));
    const NodeId all_unknown = over_events(AggregateKind::Max, kNumber, "event.size");
    EXPECT_VALUE(value(least), integer(2));
    EXPECT_VALUE(value(greatest), integer(5));
    EXPECT_VALUE(value(mean), number(3.5));
    EXPECT_VALUE(value(mean_price), integer(2)) << "1.5 cents, half to even";
    EXPECT_UNKNOWN(value(of_none), EmptyCollection, of_none);
    EXPECT_UNKNOWN(value(all_unknown), AllUnknown, all_unknown);
}

TEST_F(AggregateTest, DistinctCountsKnownValues) {
    event("2026-03-01", {{"name", text("a")}});
    event("2026-03-02", {{"name", text("b")}});
    event("2026-03-03", {{"name", text("a")}});
    event("2026-03-04");
    const NodeId names = over_events(AggregateKind::Distinct, kInt, "event.name");
    const NodeId all_unknown = over_events(AggregateKind::Distinct, kInt, "event.value");
    const NodeId of_none = over_events(AggregateKind::Distinct, kInt, "event.value", named("x"));
    EXPECT_VALUE(value(names), integer(2));
    EXPECT_UNKNOWN(value(all_unknown), AllUnknown, all_unknown);
    EXPECT_VALUE(value(of_none), integer(0));
}

TEST_F(AggregateTest, FirstAndLastTakeThatElementsValueKnownOrNot) {
    event("2026-03-03");
    event("2026-03-01", {{"value", integer(1)}});
    event("2026-03-02", {{"value", integer(2)}});
    const NodeId first = over_events(AggregateKind::First, kInt, "event.value");
    const NodeId taken = plan.field("event.value");
    const NodeId last =
        plan.aggregate(plan.over("events", AggregateKind::Last, kNoNode, taken), kInt);
    const NodeId of_none = over_events(AggregateKind::First, kInt, "event.value", named("x"));
    EXPECT_VALUE(value(first), integer(1));
    EXPECT_UNKNOWN(value(last), MissingInput, taken);
    EXPECT_UNKNOWN(value(of_none), EmptyCollection, of_none);
}

TEST_F(AggregateTest, SimultaneousElementsKeepTheCollectionsOrder) {
    event("2026-03-01", {{"seq", integer(2)}, {"value", integer(20)}});
    event("2026-03-01", {{"seq", integer(1)}, {"value", integer(10)}});
    const NodeId first = over_events(AggregateKind::First, kInt, "event.value");
    const NodeId last = over_events(AggregateKind::Last, kInt, "event.value");
    EXPECT_VALUE(value(first), integer(10));
    EXPECT_VALUE(value(last), integer(20));
}

TEST_F(AggregateTest, NestedCollectionsSeeTheEnclosingElement) {
    // Deals of whose creation some event was at most a day before: any(events …) inside deals.
    event("2026-03-01");
    data.deal(0, {{"created_at", integer(at("2026-03-01") + kHour)}, {"amount", integer(1)}});
    data.deal(0, {{"created_at", integer(at("2026-03-05"))}, {"amount", integer(1)}});
    plan::Aggregate near = plan.over("events", AggregateKind::Any);
    near.windows = {SmallPlan::last_before(kDay, plan.field("deal.created_at", 1))};
    const NodeId has_event = plan.aggregate(near, kBool, 2);
    const NodeId deals = plan.aggregate(plan.over("deals", AggregateKind::Count, has_event), kInt);
    EXPECT_VALUE(value(deals), integer(1));
}

TEST_F(AggregateTest, ChildrenOfAnElementAreItsOwn) {
    // sum(sum(lines.amount) of deals), and deals with any line above 5.
    data.deal(0, {{"created_at", integer(at("2026-03-01"))}, {"amount", integer(1)}});
    data.deal(0, {{"created_at", integer(at("2026-03-02"))}, {"amount", integer(1)}});
    data.line(0, {{"amount", integer(4)}});
    data.line(1, {{"amount", integer(6)}});
    data.line(1, {{"amount", integer(7)}});
    const NodeId amount = plan.field("line.amount", 2);
    const NodeId of_lines =
        plan.aggregate(plan.over("lines", AggregateKind::Sum, kNoNode, amount), kDollars, 2);
    const NodeId total =
        plan.aggregate(plan.over("deals", AggregateKind::Sum, kNoNode, of_lines), kDollars);
    const NodeId above = plan.condition(
        Op::Greater, {plan.field("line.amount", 2), plan.constant(kDollars, integer(5))});
    const NodeId any_above =
        plan.aggregate(plan.over("lines", AggregateKind::Any, above), kBool, 2);
    const NodeId deals = plan.aggregate(plan.over("deals", AggregateKind::Count, any_above), kInt);
    EXPECT_VALUE(value(total), integer(17));
    EXPECT_VALUE(value(deals), integer(1));
}

TEST_F(AggregateTest, ChildrenOfAllElementsAreThoseOfTheOnesThatAreThere) {
    data.deal(0, {{"created_at", integer(at("2026-03-01"))}, {"amount", integer(1)}});
    data.deal(0, {{"created_at", integer(at("2026-03-02"))}, {"amount", integer(1)}});
    data.line(0, {{"amount", integer(4)}});
    data.line(1, {{"amount", integer(6)}});
    const NodeId total = plan.aggregate(
        plan.over("lines", AggregateKind::Sum, kNoNode, plan.field("line.amount")), kDollars);
    EXPECT_VALUE(value(total), integer(10));
    EXPECT_VALUE(value(total, at("2026-03-01")), integer(4));
}

// An aggregate in the frame of an element that is at hand, over a node that both read.
TEST_F(AggregateTest, AnAggregateLeavesTheFramesAsTheyWere) {
    event("2026-03-01", {{"value", integer(1)}});
    event("2026-03-02", {{"value", integer(2)}});
    const NodeId taken = plan.field("event.value");
    const NodeId doubled = plan.node(Op::AddExact, kInt, {taken, taken});
    const NodeId greatest =
        plan.aggregate(plan.over("events", AggregateKind::Max, kNoNode, doubled), kInt);
    const NodeId is_first =
        plan.condition(Op::And, {plan.condition(Op::Equal, {greatest, plan.whole(4)}),
                                 plan.condition(Op::Equal, {taken, plan.whole(1)}),
                                 plan.condition(Op::Equal, {doubled, plan.whole(2)})});
    const NodeId firsts = plan.aggregate(plan.over("events", AggregateKind::Count, is_first), kInt);
    EXPECT_VALUE(value(firsts), integer(1));
}

TEST_F(AggregateTest, WhatIsKeptForOneElementDoesNotShowInAnother) {
    for (const std::int64_t each : {1, 2, 3})
        event("2026-03-01", {{"value", integer(each)}});
    const NodeId taken = plan.field("event.value");
    const NodeId doubled = plan.node(Op::AddExact, kInt, {taken, taken});
    const NodeId quadrupled = plan.node(Op::AddExact, kInt, {doubled, doubled});
    const NodeId sum =
        plan.aggregate(plan.over("events", AggregateKind::Sum, kNoNode, quadrupled), kInt);
    EXPECT_VALUE(value(sum), integer(24));
}

TEST_F(AggregateTest, ChildrenOfAnElementAreCountedForEachElement) {
    for (const auto* created : {"2026-03-01", "2026-03-02"})
        data.deal(0, {{"created_at", integer(at(created))}, {"amount", integer(1)}});
    data.line(1, {{"amount", integer(6)}});
    const NodeId lines = plan.aggregate(plan.over("lines", AggregateKind::Count), kInt, 2);
    const NodeId twice = plan.node(Op::AddExact, kInt, {lines, lines});
    const NodeId sum = plan.aggregate(plan.over("deals", AggregateKind::Sum, kNoNode, twice), kInt);
    EXPECT_VALUE(value(sum), integer(2)) << "the first deal has none";
}

TEST_F(AggregateTest, ARulesTouchesAreThoseThatItTakes) {
    event("2026-03-01", {{"value", integer(1)}});
    event("2026-03-02", {{"value", integer(2)}});
    event("2026-03-03", {{"value", integer(4)}});
    plan::Aggregate aggregate =
        plan.over("events", AggregateKind::Sum, kNoNode, plan.field("event.value"));
    aggregate.source = plan::AggregateSource::RuleTouches;
    const NodeId sum = plan.aggregate(aggregate, kInt);
    const std::array<data::RowIndex, 2> touches{0, 2};
    interpret::RowContext context = row();
    context.touches = touches;
    EXPECT_VALUE(evaluator().evaluate(sum, context), integer(5));
}

TEST_F(AggregateTest, OtherDealsLeaveOutTheOneAtHand) {
    data.deal(0, {{"created_at", integer(at("2026-03-01"))}, {"amount", integer(1)}});
    data.deal(0, {{"created_at", integer(at("2026-03-02"))}, {"amount", integer(2)}});
    plan::Aggregate aggregate =
        plan.over("deals", AggregateKind::Sum, kNoNode, plan.field("deal.amount"));
    aggregate.source = plan::AggregateSource::OtherDeals;
    const NodeId sum = plan.aggregate(aggregate, kDollars);
    interpret::RowContext context = row();
    context.deal = 1;
    EXPECT_VALUE(evaluator().evaluate(sum, context), integer(1));
}

} // namespace
} // namespace rulebook::testing
