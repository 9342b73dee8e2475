// How far a pattern got, a wait, a silence, a condition that did not come about.
#include <gmock/gmock.h>

#include "runtime/explain/explain_trigger.hpp"
#include "tests/oracle/on.hpp"
#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

using explain::Explanation;
using explain::Line;
using explain::LineKind;
using oracle::both;
using oracle::calendar;
using oracle::elapsed;
using oracle::signal;
using oracle::then;
using oracle::within;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::uint32_t kA = 0;
constexpr std::uint32_t kB = 1;

class IncompletePatternTest : public EvaluationTest {
protected:
    void SetUp() override {
        data.account({{"since", integer(at("2026-03-01"))}});
        plan.plan.timezone = "UTC";
        for (const char* name : {"A", "B", "C"}) {
            plan::Signal made;
            made.name = name;
            made.collection = plan.entity("event");
            made.where = plan.condition(Op::Equal, {plan.field("event.name"), plan.words(name)});
            plan.plan.signals.push_back(made);
        }
    }
    void event(std::string_view instant, std::string name) {
        data.event(0, {{"at", integer(at(instant))}, {"name", text(std::move(name))}});
    }
    Explanation explanation(plan::On on) {
        plan::Trigger trigger;
        trigger.on = std::move(on);
        trigger.on_note.text = "on";
        trigger.effective = effective;
        plan::Rule rule;
        rule.kind = plan::RuleKind::Trigger;
        rule.name = "reach_out";
        rule.versions = {0};
        plan.plan.triggers = {trigger};
        plan.plan.rules = {rule};
        const auto shapes = trigger::TriggerShapes::prepare(plan.plan);
        trigger::AccountTriggers triggers(*shapes, evaluator());
        trigger::History history;
        triggers.run(0, kToday, &history);
        return explain::explain_trigger(evaluator(), triggers, history, 0, 0, kToday);
    }
    // What is said of what is waited for, without the pattern itself.
    std::vector<std::string> told(plan::On on) {
        for (const Line& line : explanation(std::move(on)).lines)
            if (line.kind == LineKind::Waiting && line.text == "not complete")
                return {line.remarks.begin() + 1, line.remarks.end()};
        return {};
    }
    std::string waiting(plan::On on) {
        for (const Line& line : explanation(std::move(on)).lines)
            if (line.kind == LineKind::Waiting)
                return line.text;
        return {};
    }

    plan::Effective effective;
};

TEST_F(IncompletePatternTest, ASignalThatDidNotCome) {
    EXPECT_THAT(told(oracle::on(signal(kA))), ElementsAre("no A"));
}

TEST_F(IncompletePatternTest, ThePartThatIsMissing) {
    event("2026-03-03", "A");
    EXPECT_THAT(told(oracle::on(within(both(signal(kA), signal(kB)), elapsed(14 * kDay)))),
                ElementsAre("A at 2026-03-03T00:00:00Z: the wait for the rest ended at "
                            "2026-03-17T00:00:00Z",
                            "no B"));
}

TEST_F(IncompletePatternTest, TheRestMayStillCome) {
    event("2026-06-25", "A");
    EXPECT_THAT(told(oracle::on(within(then(signal(kA), signal(kB)), elapsed(14 * kDay)))),
                ElementsAre("A at 2026-06-25T00:00:00Z: the rest may come until "
                            "2026-07-09T00:00:00Z",
                            "no B"));
}

TEST_F(IncompletePatternTest, TheNearestMiss) {
    event("2026-03-03", "A");
    event("2026-03-19", "B");
    event("2026-05-01", "B");
    EXPECT_THAT(told(oracle::on(within(then(signal(kA), signal(kB)), elapsed(14 * kDay)))),
                ElementsAre("nearest miss: A at 2026-03-03T00:00:00Z, B at 2026-03-19T00:00:00Z: 2 "
                            "days too late, `within 14 days` ended at 2026-03-17T00:00:00Z",
                            "A at 2026-03-03T00:00:00Z: the wait for the rest ended at "
                            "2026-03-17T00:00:00Z"));
}

TEST_F(IncompletePatternTest, TheWrongOrder) {
    event("2026-03-03", "B");
    event("2026-03-05", "A");
    EXPECT_THAT(told(oracle::on(then(signal(kA), signal(kB)))),
                ElementsAre("A at 2026-03-05T00:00:00Z",
                            "no B after it: the last one is at 2026-03-03T00:00:00Z"));
}

TEST_F(IncompletePatternTest, CountsSayHowFarTheyGot) {
    for (const char* day : {"2026-03-01", "2026-03-02", "2026-03-09"})
        event(day, "A");
    EXPECT_THAT(
        told(oracle::on(within(oracle::on_different(3, plan::CalendarUnit::Day, signal(kA)),
                               calendar(7, plan::CalendarUnit::Day)))),
        ElementsAre(
            "2 of 3 came for `A on 3 different days within 7 calendar days` at best, last at "
            "2026-03-02T00:00:00Z (from 2026-03-01T00:00:00Z)",
            "nearest miss: A at 2026-03-01T00:00:00Z, A at 2026-03-09T00:00:00Z: 1 day too "
            "late, `within 7 calendar days` ended at 2026-03-08T00:00:00Z"));
}

TEST_F(IncompletePatternTest, WaitsThatWereClosed) {
    event("2026-03-03", "A");
    event("2026-03-04", "B");
    const Explanation result = explanation(oracle::without(signal(kA), {kB}, elapsed(2 * kDay)));
    ASSERT_GE(result.lines.size(), 2U);
    EXPECT_EQ(result.lines[0].text, "2026-03-04T00:00:00Z: closed by B");
    EXPECT_THAT(result.lines[0].remarks,
                ElementsAre("waited from 2026-03-03T00:00:00Z until 2026-03-05T00:00:00Z"));
    EXPECT_EQ(result.lines[1].text, "not complete since the end of the last wait at "
                                    "2026-03-04T00:00:00Z, which used up what came before");
}

TEST_F(IncompletePatternTest, SilencesThatWereBroken) {
    event("2026-03-11", "A");
    event("2026-06-20", "A");
    const Explanation result = explanation(oracle::silence({kA}, elapsed(200 * kDay)));
    ASSERT_EQ(result.lines.size(), 2U);
    EXPECT_EQ(result.lines[0].text, "no A since 2026-06-20T00:00:00Z");
    EXPECT_THAT(result.lines[0].remarks,
                ElementsAre("the longest silence that ended: 101 days, from 2026-03-11T00:00:00Z "
                            "to 2026-06-20T00:00:00Z"));
    EXPECT_EQ(result.lines[1].kind, LineKind::Pending);
}

TEST_F(IncompletePatternTest, ConditionsSayWhatTheyNeed) {
    event("2026-03-11", "A");
    const NodeId count = plan.aggregate(plan.over("events", plan::AggregateKind::Count), kInt);
    const Explanation result =
        explanation(oracle::becomes(plan.condition(Op::GreaterEqual, {count, plan.whole(3)})));
    ASSERT_EQ(result.lines.size(), 1U);
    EXPECT_THAT(result.lines[0].text, HasSubstr("not true since 2026-03-01T00:00:00Z"));
    EXPECT_THAT(result.lines[0].remarks,
                ElementsAre("count(events) is 1; needs at least 3: 2 more"));
}

TEST_F(IncompletePatternTest, VersionsThatAreNotInForce) {
    effective.from = at("2027-01-01");
    event("2026-03-03", "A");
    const Explanation result = explanation(oracle::on(signal(kA)));
    EXPECT_EQ(result.lines.front().text,
              "2026-03-03T00:00:00Z: no firing, no version of the trigger is in force");
    EXPECT_THAT(result.lines.front().remarks,
                ::testing::Contains("a version is in force from 2027-01-01T00:00:00Z"));
    EXPECT_EQ(waiting(oracle::on(signal(kA))), "no version is in force at 2026-06-30T12:00:00Z");
}

TEST_F(IncompletePatternTest, WhatIsCompleteIsNoMystery) {
    event("2026-03-03", "A");
    plan::Trigger trigger;
    EXPECT_THAT(told(oracle::on(signal(kA))), IsEmpty());
}

} // namespace
} // namespace rulebook::testing
