// Hand-made answers to what the language says in words and works out nowhere.
#include "tests/oracle/trigger_fixture.hpp"

namespace rulebook::oracle {
namespace {

using plan::CalendarUnit;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Waits : public TriggerFixture {};

TEST_F(Waits, OfCalendarDaysEndWithTheDay) {
    plan.plan.timezone = "America/New_York";
    add(without(signal(kA), {kB}, calendar(2, CalendarUnit::Day)));
    data.account();
    event("2026-03-07T12:00:00-05:00", "A"); // the clocks change on the 8th
    event("2026-03-09T00:00:00-04:00", "B"); // the deadline: outside
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-09T00:00:00-04:00")));
}

TEST_F(Waits, OfAMonthEndWhereItsWindowLeavesTheOpening) {
    add(without(signal(kA), {kB}, calendar(1, CalendarUnit::Month)));
    data.account();
    event("2026-01-31T12:00:00Z", "A"); // the window that ends on 02-28 begins on 01-29
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-01")));
}

TEST_F(Waits, OfIsoWeeksEndOnAMonday) {
    add(without(signal(kA), {kB}, calendar(2, CalendarUnit::IsoWeek)));
    data.account();
    event("2026-03-08T12:00:00Z", "A"); // a Sunday
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-16")));
}

TEST_F(Waits, AnEventAtTheOpeningClosesUnlessItCameBefore) {
    add(without(signal(kA), {kB}, elapsed(kDay)));
    data.account();
    event("2026-03-01", "A", {{"seq", integer(2)}});
    event("2026-03-01", "B", {{"seq", integer(1)}}); // before: the wait stays open
    event("2026-03-05", "A", {{"seq", integer(1)}});
    event("2026-03-05", "B", {{"seq", integer(2)}}); // after
    event("2026-03-09", "A");
    event("2026-03-09", "B"); // in no order
    const auto answer = run();
    EXPECT_THAT(fired(answer), ElementsAre(at("2026-03-02")));
    EXPECT_EQ(answer.outcomes[0].start, at("2026-03-01"));
}

TEST_F(Waits, StartAfreshWhenTheyEnd) {
    add(without(then(signal(kA), signal(kC)), {kB}, elapsed(2 * kDay)));
    data.account();
    event("2026-03-01", "A");
    event("2026-03-02", "C"); // opens
    event("2026-03-03", "A"); // belongs to no later wait
    event("2026-03-04", "C"); // as the deadline passes
    event("2026-03-05", "C"); // its A was before
    event("2026-03-06", "A");
    event("2026-03-07", "C"); // opens
    event("2026-03-08", "B"); // closes
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-04")));
}

TEST_F(Waits, EndWhateverBecomesOfTheirCandidate) {
    auto one = trigger(without(signal(kA), {kB}, elapsed(kDay)));
    one.when = plan.no();
    add(one);
    data.account();
    event("2026-03-01", "A");
    event("2026-03-02", "A"); // as the first wait ends: opens none
    event("2026-03-04", "A");
    EXPECT_THAT(causes(run()), ElementsAre(Cause::WhenFalse, Cause::WhenFalse));
}

class Silences : public TriggerFixture {};

TEST_F(Silences, OncePerSilenceAndAnEventAtTheDeadlineReopens) {
    add(silence({kA, kB}, elapsed(2 * kDay)));
    data.account({{"since", integer(at("2026-03-01"))}});
    event("2026-03-03", "A"); // at the deadline
    event("2026-03-04", "B");
    const auto answer = run();
    EXPECT_THAT(fired(answer), ElementsAre(at("2026-03-06")));
    EXPECT_EQ(answer.outcomes[0].start, at("2026-03-04"));
    EXPECT_FALSE(answer.outcomes[0].completing.has_value());
}

TEST_F(Silences, NeedAnOrigin) {
    add(silence({kA}, elapsed(2 * kDay)));
    data.account();
    event("2026-03-03", "A");
    EXPECT_THAT(run().outcomes, IsEmpty());
}

class Clocks : public TriggerFixture {};

TEST_F(Clocks, BeforeAndAfter) {
    add(trigger(clock(plan.field("account.renews_at"), -3 * kDay)), "before");
    add(trigger(clock(plan.field("account.renews_at"), 2 * kHour)), "after");
    data.account({{"renews_at", integer(at("2026-04-10"))}, {"since", integer(at("2026-03-01"))}});
    EXPECT_THAT(fired(run(), 0), ElementsAre(at("2026-04-07")));
    EXPECT_THAT(fired(run(), 1), ElementsAre(at("2026-04-10T02:00:00Z")));
    question.as_of = at("2026-04-01");
    EXPECT_THAT(run().pending, ElementsAre(Pending{0, 0, at("2026-04-07")},
                                           Pending{1, 1, at("2026-04-10T02:00:00Z")}));
}

// The time of the last event that is known: it moves with the events.
TEST_F(Clocks, MoveWithTheirField) {
    const NodeId due = plan.aggregate(
        plan.over("events", plan::AggregateKind::Last, kNoNode, plan.field("event.due")),
        testing::kTime);
    add(clock(due, 0));
    data.account({{"since", integer(at("2026-03-01"))}});
    event("2026-03-02", "A", {{"due", integer(at("2026-03-10"))}});
    event("2026-03-05", "A", {{"due", integer(at("2026-03-20"))}}); // the 10th is off
    event("2026-03-22", "A", {{"due", integer(at("2026-03-15"))}}); // missed
    event("2026-03-23", "A", {{"due", integer(at("2026-03-25"))}});
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-20"), at("2026-03-25")));
}

class Edges : public TriggerFixture {
protected:
    // The last event is an X.
    NodeId last_is_x() {
        return plan.condition(Op::Equal,
                              {plan.aggregate(plan.over("events", plan::AggregateKind::Last,
                                                        kNoNode, plan.field("event.name")),
                                              testing::kText),
                               plan.words("X")});
    }
};

TEST_F(Edges, TrueAtTheOriginIsAnEdge) {
    add(becomes(plan.yes()));
    data.account({{"since", integer(at("2026-03-02"))}});
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-02")));
}

TEST_F(Edges, LastingNeedsTheEndToo) {
    add(becomes(last_is_x(), 2 * kDay));
    data.account({{"since", integer(at("2026-03-01"))}});
    event("2026-03-02", "X");
    event("2026-03-04", "A"); // at the end: not true any more
    event("2026-03-05", "X");
    event("2026-03-06", "X");
    const auto answer = run();
    EXPECT_THAT(fired(answer), ElementsAre(at("2026-03-07")));
    EXPECT_EQ(answer.outcomes[0].start, at("2026-03-05"));
    EXPECT_EQ(answer.outcomes[0].occasion, Occasion::Edge);
    EXPECT_THAT(run_to("2026-03-06T12:00:00Z").pending,
                ElementsAre(Pending{0, 0, at("2026-03-07")}));
}

class Firings : public TriggerFixture {
protected:
    std::uint32_t policy(plan::Policy made) {
        plan.plan.policies.push_back(std::move(made));
        return static_cast<std::uint32_t>(plan.plan.policies.size() - 1);
    }
    plan::Trigger of_policy(std::uint32_t number, std::uint32_t a) {
        auto made = trigger(on(signal(a)));
        made.policy = number;
        return made;
    }
};

TEST_F(Firings, UnlessStopsWhereItIsUnknownAndConsumes) {
    auto one = trigger(on(both(signal(kA), signal(kB))));
    one.unless = {{plan.field("account.active"), "", {}}};
    one.once = true;
    add(one);
    data.account();
    event("2026-03-01", "A");
    event("2026-03-02", "B");
    event("2026-03-03", "B"); // its A is consumed
    EXPECT_THAT(causes(run()), ElementsAre(Cause::UnlessUnknown));
}

TEST_F(Firings, OnceAndAtMostCountWhatFired) {
    auto once = trigger(on(signal(kA)));
    once.once = true;
    auto seldom = trigger(on(signal(kA)));
    seldom.at_most = {{2, 3 * kDay}};
    add(once, "once");
    add(seldom, "seldom");
    data.account();
    for (const char* day : {"2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"})
        event(day, "A");
    EXPECT_THAT(causes(run(), 0), ElementsAre(Cause::Fired, Cause::Once, Cause::Once, Cause::Once));
    EXPECT_THAT(causes(run(), 1), // (t - 3 days, t]: on the 4th the 1st is outside
                ElementsAre(Cause::Fired, Cause::Fired, Cause::AtMost, Cause::Fired));
}

TEST_F(Firings, OfOnePolicyCompeteByPreferenceThenByName) {
    plan::Policy one;
    one.limits = {{2, 7 * kDay}};
    one.prefer = {2};
    const auto number = policy(one);
    add(of_policy(number, kA), "c");
    add(of_policy(number, kA), "b");
    add(of_policy(number, kA), "z");
    data.account();
    event("2026-03-01", "A");
    event("2026-03-08", "A");
    const auto answer = run();
    EXPECT_THAT(causes(answer, 0), ElementsAre(Cause::PolicyLimit, Cause::PolicyLimit));
    EXPECT_THAT(causes(answer, 1), ElementsAre(Cause::Fired, Cause::Fired));
    EXPECT_THAT(causes(answer, 2), ElementsAre(Cause::Fired, Cause::Fired));
}

TEST_F(Firings, ExemptOnesCountForTheOthers) {
    plan::Policy one;
    one.limits = {{1, 7 * kDay}};
    one.exempt = {0};
    const auto number = policy(one);
    add(of_policy(number, kA), "demo");
    add(of_policy(number, kB), "mail");
    data.account();
    event("2026-03-01", "A");
    event("2026-03-02", "A");
    event("2026-03-03", "B");
    const auto answer = run();
    EXPECT_THAT(causes(answer, 0), ElementsAre(Cause::Fired, Cause::Fired));
    EXPECT_THAT(causes(answer, 1), ElementsAre(Cause::PolicyLimit));
}

TEST_F(Firings, APolicySuppressesExemptOnesToo) {
    plan::Policy one;
    one.suppress = {{plan.no(), "", {}}, {plan.yes(), "", {}}};
    one.exempt = {0};
    add(of_policy(policy(one), kA), "demo");
    data.account();
    event("2026-03-01", "A");
    EXPECT_THAT(causes(run()), ElementsAre(Cause::PolicySuppresses));
}

TEST_F(Firings, WhatFiredBeforeTheInstantIsSeen) {
    const auto first = add(trigger(on(signal(kA))), "first");
    auto later = trigger(on(signal(kA)));
    later.when = plan.rule_result(Op::TriggerFired, kBool, first);
    add(later, "later");
    data.account();
    event("2026-03-01", "A");
    event("2026-03-02", "A");
    EXPECT_THAT(causes(run(), 1), ElementsAre(Cause::WhenFalse, Cause::Fired));
}

TEST_F(Firings, AControlHasNotFired) {
    auto control = trigger(on(signal(kA)));
    control.control = plan::ControlGroup{1'000'000, "all"};
    const auto first = add(control, "first");
    auto later = trigger(on(signal(kA)));
    later.when = plan.rule_result(Op::TriggerFired, kBool, first);
    add(later, "later");
    data.account();
    event("2026-03-01", "A");
    event("2026-03-02", "A");
    const auto answer = run();
    EXPECT_THAT(causes(answer, 0), ElementsAre(Cause::ControlGroup, Cause::ControlGroup));
    EXPECT_THAT(causes(answer, 1), ElementsAre(Cause::WhenFalse, Cause::WhenFalse));
}

TEST_F(Firings, VersionsShareRhythmAndConsumption) {
    auto before = trigger(on(both(signal(kA), signal(kB))));
    before.effective = {at("2026-03-01"), at("2026-03-10")};
    before.cooldown = 5 * kDay;
    auto after = before;
    after.effective = {at("2026-03-10"), std::nullopt};
    const auto rule = add(before);
    add_version(rule, after);
    data.account();
    event("2026-03-08", "A");
    event("2026-03-09", "B"); // fires
    event("2026-03-10", "B"); // the A is consumed for the new version too
    event("2026-03-11", "A"); // cools down
    event("2026-03-15", "A");
    event("2026-03-16", "B");
    const auto answer = run();
    EXPECT_THAT(causes(answer), ElementsAre(Cause::Fired, Cause::Cooldown, Cause::Fired));
    EXPECT_EQ(answer.outcomes[1].version, 1U);
}

TEST_F(Firings, SayWhatTheySaw) {
    auto one = trigger(on(signal(kA)));
    one.completing = {plan.entity("event")};
    one.say = plan.node(Op::Interpolate, testing::kText,
                        {plan.words("value "), plan.field("event.value")});
    add(one);
    data.account();
    event("2026-03-01", "A", {{"value", integer(7)}});
    const auto answer = run();
    ASSERT_EQ(answer.outcomes.size(), 1U);
    EXPECT_EQ(answer.outcomes[0].message, "value 7");
}

} // namespace
} // namespace rulebook::oracle
