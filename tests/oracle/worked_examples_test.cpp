// Hand-made answers. First what the design works out, under its numbers; then what it says in
// words.
#include "tests/oracle/trigger_fixture.hpp"

namespace rulebook::oracle {
namespace {

using plan::CalendarUnit;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class WorkedExamples : public TriggerFixture {};

TEST_F(WorkedExamples, P1_TheLatestStartCountsAndIsConsumed) {
    add(on(within(then(signal(kA), signal(kB)), elapsed(2 * kDay))));
    data.account();
    event("2026-03-04", "B");
    event("2026-03-02", "A");
    event("2026-03-03", "B");
    event("2026-03-01", "A");
    const auto answer = run();
    EXPECT_THAT(fired(answer), ElementsAre(at("2026-03-03")));
    EXPECT_EQ(answer.outcomes[0].start, at("2026-03-02"));
}

TEST_F(WorkedExamples, P2_WithinIsInclusive) {
    add(on(within(then(signal(kA), signal(kB)), elapsed(2 * kDay))));
    data.account();
    event("2026-03-01", "A");
    event("2026-03-03", "B");
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-03")));
}

TEST_F(WorkedExamples, P2_AMicrosecondLaterIsTooLate) {
    add(on(within(then(signal(kA), signal(kB)), elapsed(2 * kDay))));
    data.account();
    event("2026-03-01", "A");
    event_at(at("2026-03-03") + 1, "B");
    EXPECT_THAT(run().outcomes, IsEmpty());
}

TEST_F(WorkedExamples, P3_SimultaneousEventsAreInNoOrder) {
    add(trigger(on(then(signal(kA), signal(kB)))), "one_after_other");
    add(trigger(on(both(signal(kA), signal(kB)))), "in_any_order");
    data.account();
    event("2026-03-01", "A");
    event("2026-03-01", "B");
    EXPECT_THAT(fired(run(), 0), IsEmpty());
    EXPECT_THAT(fired(run(), 1), ElementsAre(at("2026-03-01")));
}

TEST_F(WorkedExamples, P3_SequenceOrdersThem) {
    add(trigger(on(then(signal(kA), signal(kB)))), "one_after_other");
    add(trigger(on(both(signal(kA), signal(kB)))), "in_any_order");
    data.account();
    event("2026-03-01", "A", {{"seq", integer(1)}});
    event("2026-03-01", "B", {{"seq", integer(2)}});
    EXPECT_THAT(fired(run(), 0), ElementsAre(at("2026-03-01")));
    EXPECT_THAT(fired(run(), 1), ElementsAre(at("2026-03-01")));
}

TEST_F(WorkedExamples, P4_ThreeTimes) {
    add(on(within(times(3, signal(kA)), elapsed(7 * kDay))));
    data.account();
    for (const char* day : {"01", "05", "07", "09", "10", "11"})
        event(("2026-03-" + std::string(day)).c_str(), "A");
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-07"), at("2026-03-11")));
}

TEST_F(WorkedExamples, P6_DifferentUsers) {
    add(on(
        within(with_different(2, plan.field_index("event.value"), signal(kA)), elapsed(3 * kDay))));
    data.account();
    event("2026-03-01", "A", {{"value", integer(1)}});
    event("2026-03-03", "A", {{"value", integer(1)}});
    event("2026-03-05", "A", {{"value", integer(2)}});
    const auto answer = run();
    EXPECT_THAT(fired(answer), ElementsAre(at("2026-03-05")));
    EXPECT_EQ(answer.outcomes[0].start, at("2026-03-03"));
}

class DifferentDays : public WorkedExamples {
protected:
    Answer with_last(const char* last) {
        plan.plan.timezone = "America/New_York";
        add(on(within(on_different(3, CalendarUnit::Day, signal(kA)),
                      calendar(7, CalendarUnit::Day))));
        data.account();
        event("2026-03-02T04:30:00Z", "A");
        event("2026-03-02T05:30:00Z", "A");
        event(last, "A");
        return run();
    }
};

TEST_F(DifferentDays, P7_FirstSecondAndSeventh) {
    EXPECT_THAT(fired(with_last("2026-03-08T03:59:00Z")), ElementsAre(at("2026-03-08T03:59:00Z")));
}

TEST_F(DifferentDays, P7_FirstSecondAndEighth) {
    EXPECT_THAT(fired(with_last("2026-03-08T05:01:00Z")), IsEmpty());
}

TEST_F(WorkedExamples, D1_OneWaitAtATime) {
    add(without(signal(kA), {kB}, elapsed(2 * kDay)));
    data.account();
    event("2026-03-01", "A");
    event("2026-03-02", "A");
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-03")));
}

TEST_F(WorkedExamples, D1_AnEventAtTheDeadlineCloses) {
    add(without(signal(kA), {kB}, elapsed(2 * kDay)));
    data.account();
    event("2026-03-01", "A");
    event("2026-03-02", "A");
    event("2026-03-03", "B");
    EXPECT_THAT(run().outcomes, IsEmpty());
}

TEST_F(WorkedExamples, D2_PendingUntilTheDeadline) {
    add(without(signal(kA), {kB}, elapsed(2 * kDay)));
    data.account();
    event("2026-03-01", "A");
    const auto before = run_to("2026-03-02T23:59:00Z");
    EXPECT_THAT(before.outcomes, IsEmpty());
    EXPECT_THAT(before.pending, ElementsAre(Pending{0, 0, at("2026-03-03")}));
    const auto then = run_to("2026-03-03");
    EXPECT_THAT(fired(then), ElementsAre(at("2026-03-03")));
    EXPECT_THAT(then.pending, IsEmpty());
}

TEST_F(WorkedExamples, D3_ADayIsTwentyFourHours) {
    plan.plan.timezone = "America/New_York";
    add(without(signal(kA), {kB}, elapsed(kDay)));
    data.account();
    event("2026-03-07T12:00:00-05:00", "A");
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-08T13:00:00-04:00")));
}

TEST_F(WorkedExamples, D5_Silences) {
    add(silence({kA}, elapsed(30 * kDay)));
    data.account({{"since", integer(at("2026-03-02T05:00:00Z"))}});
    event("2026-04-10", "A");
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-04-01T05:00:00Z"), at("2026-05-10")));
}

TEST_F(WorkedExamples, B1_AnEdgePerRise) {
    plan::Aggregate lately =
        plan.over("events", plan::AggregateKind::Count,
                  plan.condition(Op::Equal, {plan.field("event.name"), plan.words("X")}));
    lately.windows = {plan.last(7 * kDay)};
    const NodeId often =
        plan.condition(Op::GreaterEqual, {plan.aggregate(lately, testing::kInt), plan.whole(3)});
    add(becomes(often));
    data.account({{"since", integer(at("2026-03-01"))}});
    for (const char* day : {"2026-03-01", "2026-03-03", "2026-03-05", "2026-03-09"})
        event(day, "X");
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-05"), at("2026-03-09")));
}

class Ages : public WorkedExamples {
protected:
    Answer with(Op comparison) {
        const NodeId age = plan.node(Op::SubtractExact, testing::kDuration,
                                     {plan.as_of(), plan.field("account.since")});
        add(becomes(plan.condition(comparison,
                                   {age, plan.constant(testing::kDuration, integer(30 * kDay))})));
        data.account({{"since", integer(at("2026-03-02T05:00:00Z"))}});
        return run();
    }
};

TEST_F(Ages, B2_MoreThanThirtyDays) {
    EXPECT_THAT(fired(with(Op::Greater)), ElementsAre(at("2026-04-01T05:00:00Z") + 1));
}

TEST_F(Ages, B2_ThirtyDays) {
    EXPECT_THAT(fired(with(Op::GreaterEqual)), ElementsAre(at("2026-04-01T05:00:00Z")));
}

class WorkingHours : public WorkedExamples {
protected:
    WorkingHours() {
        plan::Calendar office;
        office.name = "office";
        office.zone = "UTC";
        office.days = 0b11111;
        office.hours = {{600, 1080}}; // 10:00 to 18:00
        plan.plan.calendars = {office};
    }
};

TEST_F(WorkingHours, W1_OpenTimeOnly) {
    add(without(signal(kA), {kB}, working(10 * kHour, 0)));
    data.account();
    event("2026-03-04T15:00:00Z", "A"); // a Wednesday
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-05T17:00:00Z")));
}

TEST_F(WorkingHours, W1_OpenedAfterHours) {
    add(without(signal(kA), {kB}, working(10 * kHour, 0)));
    data.account();
    event("2026-03-04T20:00:00Z", "A");
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-06T12:00:00Z")));
}

TEST_F(WorkingHours, HolidaysAndWeekendsAreClosed) {
    plan.plan.calendars[0].holidays = {testing::day("2026-03-06")}; // the Friday
    add(without(signal(kA), {kB}, working(10 * kHour, 0)));
    data.account();
    event("2026-03-05T16:00:00Z", "A");
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-09T18:00:00Z")));
}

TEST_F(WorkingHours, WithinCountsOpenTime) {
    add(on(within(then(signal(kA), signal(kB)), working(2 * kHour, 0))));
    data.account();
    event("2026-03-06T17:00:00Z", "A"); // a Friday
    event("2026-03-09T11:00:00Z", "B"); // an hour then, an hour on Monday
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-09T11:00:00Z")));
}

TEST_F(WorkingHours, WithoutAZoneNothingHolds) {
    plan.plan.calendars[0].zone.clear();
    plan.plan.calendars[0].zone_field = plan.field("account.email");
    add(trigger(on(within(then(signal(kA), signal(kB)), working(2 * kHour, 0)))), "pair");
    add(trigger(without(signal(kA), {kC}, working(10 * kHour, 0))), "wait");
    data.account({{"email", text("Mars/Olympus")}});
    event("2026-03-06T17:00:00Z", "A");
    event("2026-03-06T17:30:00Z", "B");
    const auto answer = run();
    EXPECT_THAT(answer.outcomes, IsEmpty());
    EXPECT_THAT(answer.pending, IsEmpty());
}

TEST_F(WorkedExamples, F1_Cooldown) {
    auto one = trigger(on(signal(kA)));
    one.cooldown = 7 * kDay;
    add(one);
    data.account();
    for (const char* day : {"2026-03-01", "2026-03-05", "2026-03-08", "2026-03-12"})
        event(day, "A");
    EXPECT_THAT(causes(run()),
                ElementsAre(Cause::Fired, Cause::Cooldown, Cause::Fired, Cause::Cooldown));
}

TEST_F(WorkedExamples, F3_ControlGroup) {
    auto one = trigger(clock(plan.field("account.renews_at"), 0));
    one.control = plan::ControlGroup{100'000, "connected_stack"};
    add(one);
    for (const char* key : {"acct_17", "acct_2", "acct_4"}) // in their order in the data
        data.account({{"id", text(key)}, {"renews_at", integer(at("2026-03-05"))}});
    EXPECT_THAT(causes(run(0)), ElementsAre(Cause::Fired));
    EXPECT_THAT(causes(run(1)), ElementsAre(Cause::ControlGroup));
    EXPECT_THAT(causes(run(2)), ElementsAre(Cause::ControlGroup));
}

TEST_F(WorkedExamples, T1_TrackedFieldsAreAsKnownThen) {
    auto one = trigger(on(signal(kA)));
    one.when = plan.condition(Op::GreaterEqual, {plan.field("account.plan"),
                                                 plan.constant(plan.plan_type(), integer(1))});
    add(one);
    data.account({{"plan", integer(1)}});
    data.plan_version(0, at("2026-03-01"), integer(0));
    data.plan_version(0, at("2026-03-10"), integer(1));
    data.taken_at(at("2026-06-01"));
    event("2026-03-09", "A");
    event("2026-03-10", "A");
    EXPECT_THAT(causes(run()), ElementsAre(Cause::WhenFalse, Cause::Fired));
}

TEST_F(WorkedExamples, T2_DealsAreAsKnownThen) {
    auto one = trigger(on(signal(kA)));
    const NodeId won = plan.condition(
        Op::Equal, {plan.field("deal.status"), plan.constant(plan.status_type(), integer(1))});
    one.when = plan.aggregate(plan.over("deals", plan::AggregateKind::Any, won), kBool);
    add(one);
    data.account();
    data.deal(0, {{"created_at", integer(at("2026-03-05"))},
                  {"closed_at", integer(at("2026-03-20"))},
                  {"status", integer(1)},
                  {"amount", integer(100)}});
    event("2026-03-10", "A");
    event("2026-03-20", "A");
    EXPECT_THAT(causes(run()), ElementsAre(Cause::WhenFalse, Cause::Fired));
}

TEST_F(WorkedExamples, T3_BeforeItsHistoryIsUnknown) {
    auto one = trigger(on(signal(kA)));
    one.when = plan.condition(Op::GreaterEqual, {plan.field("account.plan"),
                                                 plan.constant(plan.plan_type(), integer(1))});
    add(one);
    data.account({{"plan", integer(2)}});
    data.taken_at(at("2026-06-01"));
    event("2026-03-09", "A");
    EXPECT_THAT(causes(run()), ElementsAre(Cause::WhenUnknown));
}

TEST_F(WorkedExamples, T4_AnUntrackedFieldIsTheSnapshots) {
    auto one = trigger(on(signal(kA)));
    one.when = plan.condition(Op::GreaterEqual, {plan.field("account.employees"), plan.whole(200)});
    add(one);
    data.account({{"employees", integer(200)}});
    data.taken_at(at("2026-06-01"));
    event("2026-03-09", "A");
    EXPECT_THAT(causes(run()), ElementsAre(Cause::Fired));
}

} // namespace
} // namespace rulebook::oracle
