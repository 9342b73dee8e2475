#include "runtime/trigger/account_machine.hpp"

#include <functional>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/trigger/patterns.hpp"

namespace rulebook::trigger {
namespace {

using testing::ElementsAre;
using testing::Pair;

std::int64_t march(std::int64_t day) {
    return (date_from_civil({2026, 3, 1}).days + day - 1) * kDay;
}

// One trigger `reach_out` with the versions given.
plan::Plan plan_of(std::vector<plan::Trigger> versions) {
    plan::Plan plan;
    plan.timezone = "UTC";
    plan.schema.entities.resize(2); // the root and its events
    plan.signals.resize(2);
    plan.rules.resize(1);
    plan.rules[0].kind = plan::RuleKind::Trigger;
    plan.rules[0].name = "reach_out";
    for (std::uint32_t i = 0; i < versions.size(); ++i)
        plan.rules[0].versions.push_back(i);
    plan.triggers = std::move(versions);
    return plan;
}

plan::Trigger on(const Patterns& patterns) {
    plan::Trigger trigger;
    trigger.on.patterns = patterns;
    return trigger;
}

struct Run {
    std::vector<Candidate> candidates;

    std::vector<Verdict> verdicts() const {
        std::vector<Verdict> all;
        for (const auto& each : candidates)
            all.push_back(each.verdict);
        return all;
    }
};

Run run(const plan::Plan& plan, const std::vector<TimedEvent>& events, Surroundings& surroundings) {
    const auto shapes = TriggerShapes::prepare(plan);
    AccountMachine machine(*shapes);
    Run result;
    machine.start(std::nullopt, surroundings);
    for (const TimedEvent& timed : events) {
        const Event event = timed.event();
        machine.handle({timed.time, std::span(&event, 1)}, surroundings, result.candidates);
    }
    return result;
}

Run run(const plan::Plan& plan, const std::vector<TimedEvent>& events) {
    Scripted none;
    return run(plan, events, none);
}

TEST(AccountMachine, CooldownSuppressesUntilItsEnd) { // F1
    plan::Trigger trigger = on(signal(0));
    trigger.cooldown = 7 * kDay;
    const auto result = run(plan_of({trigger}),
                            {at(march(1), 0), at(march(5), 0), at(march(8), 0), at(march(12), 0)});
    EXPECT_THAT(result.verdicts(),
                ElementsAre(Verdict::Fired, Verdict::Cooldown, Verdict::Fired, Verdict::Cooldown));
    EXPECT_EQ(result.candidates[3].last_counted, march(8));
    EXPECT_EQ(result.candidates[3].status(), Status::Suppressed);
}

TEST(AccountMachine, OnceAndAtMost) {
    plan::Trigger once = on(signal(0));
    once.once = true;
    EXPECT_THAT(run(plan_of({once}), {at(march(1), 0), at(march(90), 0)}).verdicts(),
                ElementsAre(Verdict::Fired, Verdict::Once));
    plan::Trigger twice = on(signal(0));
    twice.at_most = {{2, 7 * kDay}};
    EXPECT_THAT(run(plan_of({twice}), {at(march(1), 0), at(march(2), 0), at(march(7), 0),
                                       at(march(8), 0), at(march(9), 0)})
                    .verdicts(), // (t - 7 days, t]: at March 8 the firing of March 1 is outside
                ElementsAre(Verdict::Fired, Verdict::Fired, Verdict::AtMost, Verdict::Fired,
                            Verdict::Fired));
    twice.at_most.push_back({1, 1 * kDay}); // both hold
    EXPECT_THAT(
        run(plan_of({twice}), {at(march(1), 0), at(march(2) - 1, 0), at(march(2), 0)}).verdicts(),
        ElementsAre(Verdict::Fired, Verdict::AtMost, Verdict::Fired));
}

TEST(AccountMachine, WhenDecidesBeforeUnlessAndConsumesNothing) {
    plan::Trigger trigger = on(both(signal(0), signal(1)));
    trigger.when = 10;
    trigger.unless = {{11, "", {}}};
    Scripted conditions;
    conditions.answers[10] = [](const Candidate& candidate) {
        return candidate.instant == march(2)   ? plan::Value::of(false)
               : candidate.instant == march(3) ? plan::Value()
                                               : plan::Value::of(true);
    };
    conditions.answers[11] = [](const Candidate& candidate) {
        return candidate.instant == march(4)   ? plan::Value::of(true)
               : candidate.instant == march(6) ? plan::Value()
                                               : plan::Value::of(false);
    };
    const auto result = run(plan_of({trigger}),
                            {at(march(1), 0), at(march(2), 1), at(march(3), 1), at(march(4), 1),
                             at(march(5), 1), at(march(6), 0), at(march(7), 0), at(march(8), 1)},
                            conditions);
    EXPECT_THAT(result.verdicts(),
                ElementsAre(Verdict::WhenFalse, Verdict::WhenUnknown, Verdict::UnlessTrue,
                            Verdict::UnlessUnknown, Verdict::Fired));
    // March 4 consumed the events up to it; March 5 waits for the other one.
    EXPECT_EQ(result.candidates[3].instant, march(6));
    EXPECT_EQ(result.candidates[3].start, march(5));
    EXPECT_EQ(result.candidates[4].instant, march(8));
}

TEST(AccountMachine, SuppressedFiringsDoNotCount) {
    plan::Trigger trigger = on(signal(0));
    trigger.unless = {{11, "", {}}};
    trigger.once = true;
    Scripted conditions;
    conditions.answers[11] = [](const Candidate& candidate) {
        return plan::Value::of(candidate.instant == march(1));
    };
    EXPECT_THAT(run(plan_of({trigger}), {at(march(1), 0), at(march(2), 0)}, conditions).verdicts(),
                ElementsAre(Verdict::UnlessTrue, Verdict::Fired));
}

TEST(AccountMachine, TheVersionInForceFiresAndTheRhythmIsShared) {
    plan::Trigger old_version = on(signal(0));
    old_version.effective = {march(2), march(10)};
    old_version.cooldown = 7 * kDay;
    plan::Trigger new_version = on(signal(1));
    new_version.effective = {march(10), march(20)};
    new_version.cooldown = 7 * kDay;
    const auto result = run(plan_of({new_version, old_version}),
                            {at(march(1), 0), at(march(8), 0), at(march(9), 1), at(march(11), 1),
                             at(march(15), 1), at(march(25), 0)});
    EXPECT_THAT(result.verdicts(),
                ElementsAre(Verdict::NotInForce, Verdict::Fired, Verdict::Cooldown, Verdict::Fired,
                            Verdict::NotInForce));
    EXPECT_EQ(result.candidates[1].version, 1U);
    EXPECT_EQ(result.candidates[2].version, 0U);
}

TEST(AccountMachine, SaysWhatItFiredFor) {
    plan::Trigger trigger = on(signal(0));
    trigger.say = 12;
    Scripted conditions;
    conditions.answers[12] = [](const Candidate&) { return plan::Value::of(std::string("hello")); };
    const auto result = run(plan_of({trigger}), {at(march(1), 0)}, conditions);
    EXPECT_EQ(result.candidates[0].message, "hello");
}

TEST(AccountMachine, RemembersWhenItFired) {
    plan::Plan plan = plan_of({on(signal(0))});
    const auto shapes = TriggerShapes::prepare(plan);
    EXPECT_THAT(shapes->signals(), ElementsAre(Pair(0U, ElementsAre(0U))));
    AccountMachine machine(*shapes);
    Scripted none;
    const TimedEvent timed = at(march(5), 0);
    const Event event = timed.event();
    std::vector<Candidate> found;
    machine.start(std::nullopt, none);
    machine.handle({march(5), std::span(&event, 1)}, none, found);
    EXPECT_EQ(machine.last_fired(0, march(5) - 1), std::nullopt);
    EXPECT_EQ(machine.last_fired(0, march(5)), march(5));
    EXPECT_EQ(machine.last_fired(0, march(9)), march(5));
    EXPECT_EQ(machine.last_fired(3, march(9)), std::nullopt);
}

TEST(TriggerShapes, RefuseAnUnknownZone) {
    plan::Plan plan = plan_of({on(signal(0))});
    plan.timezone = "Mars/Olympus";
    EXPECT_EQ(TriggerShapes::prepare(plan).error().code, "plan.zone");
}

} // namespace
} // namespace rulebook::trigger
