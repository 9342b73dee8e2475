// Triggers over records, with conditions that the interpreter evaluates at the event's instant.
#include "runtime/trigger/account_triggers.hpp"

#include <algorithm>

#include <gmock/gmock.h>

#include "runtime/trigger/firing_identity.hpp"
#include "tests/unit/interpret/evaluation_fixture.hpp"
#include "tests/unit/trigger/patterns.hpp"

namespace rulebook::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using trigger::Patterns;
using trigger::Verdict;

constexpr std::uint32_t kA = 0;
constexpr std::uint32_t kB = 1;

struct AccountFirings {
    trigger::History history;
    std::vector<trigger::Candidate> candidates;
};

class AccountTriggersTest : public EvaluationTest {
protected:
    AccountTriggersTest() {
        for (const char* name : {"A", "B", "C"}) {
            plan::Signal signal;
            signal.name = name;
            signal.collection = plan.entity("event");
            signal.where = plan.condition(Op::Equal, {plan.field("event.name"), plan.words(name)});
            plan.plan.signals.push_back(signal);
        }
    }

    // Gives its index in Plan::rules.
    std::uint32_t add(const plan::Trigger& trigger, std::string name = "reach_out") {
        plan::Rule rule;
        rule.kind = plan::RuleKind::Trigger;
        rule.name = std::move(name);
        rule.versions = {static_cast<std::uint32_t>(plan.plan.triggers.size())};
        plan.plan.triggers.push_back(trigger);
        plan.plan.rules.push_back(rule);
        return static_cast<std::uint32_t>(plan.plan.rules.size() - 1);
    }
    static plan::Trigger on(const Patterns& patterns) {
        plan::Trigger trigger;
        trigger.on.patterns = patterns;
        return trigger;
    }
    void event(const char* instant, const char* name, Value seq = {}) {
        data.event(0,
                   {{"at", integer(at(instant))}, {"name", text(name)}, {"seq", std::move(seq)}});
    }
    AccountFirings run(std::int64_t as_of = kToday) {
        shapes_ =
            std::make_unique<trigger::TriggerShapes>(*trigger::TriggerShapes::prepare(plan.plan));
        triggers_ = std::make_unique<trigger::AccountTriggers>(*shapes_, evaluator());
        AccountFirings firings;
        triggers_->run(0, as_of, &firings.history);
        firings.candidates = triggers_->candidates();
        return firings;
    }
    static std::vector<std::int64_t> fired(const AccountFirings& firings, std::uint32_t rule = 0) {
        std::vector<std::int64_t> instants;
        for (const auto& each : firings.candidates)
            if (each.rule == rule && each.status() == trigger::Status::Fired)
                instants.push_back(each.instant);
        return instants;
    }

    std::unique_ptr<trigger::AccountTriggers> triggers_;

private:
    std::unique_ptr<trigger::TriggerShapes> shapes_;
};

TEST_F(AccountTriggersTest, TheLatestStartCounts) { // P1
    add(on(trigger::within(trigger::then(trigger::signal(kA), trigger::signal(kB)), 2 * kDay)));
    data.account();
    event("2026-03-04", "B");
    event("2026-03-02", "A");
    event("2026-03-03", "B");
    event("2026-03-01", "A");
    const auto firings = run();
    EXPECT_THAT(fired(firings), ElementsAre(at("2026-03-03")));
    EXPECT_EQ(firings.candidates[0].start, at("2026-03-02"));
    EXPECT_EQ(firings.history.events.size(), 4U);
    EXPECT_EQ(firings.history.events[0].instant, at("2026-03-01"));
}

TEST_F(AccountTriggersTest, CooldownSuppresses) { // F1
    plan::Trigger trigger = on(trigger::signal(kA));
    trigger.cooldown = 7 * kDay;
    add(trigger);
    data.account();
    for (const char* instant : {"2026-03-01", "2026-03-05", "2026-03-08", "2026-03-12"})
        event(instant, "A");
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-01"), at("2026-03-08")));
}

TEST_F(AccountTriggersTest, SequenceOrdersEventsOfOneInstant) { // P3
    add(on(trigger::then(trigger::signal(kA), trigger::signal(kB))));
    data.account();
    event("2026-03-01", "A");
    event("2026-03-01", "B");
    event("2026-03-02", "B", integer(2));
    event("2026-03-02", "A", integer(1));
    EXPECT_THAT(fired(run()), ElementsAre(at("2026-03-02")));
}

TEST_F(AccountTriggersTest, ConditionsSeeTheEventsInstant) { // T2
    plan::Trigger trigger = on(trigger::signal(kA));
    const NodeId won = plan.condition(
        Op::Equal, {plan.field("deal.status"), plan.constant(plan.status_type(), integer(1))});
    trigger.when = plan.aggregate(plan.over("deals", plan::AggregateKind::Any, won), kBool);
    add(trigger);
    data.account();
    data.deal(0, {{"created_at", integer(at("2026-03-05"))},
                  {"closed_at", integer(at("2026-03-20"))},
                  {"status", integer(1)},
                  {"amount", integer(100)}});
    event("2026-03-10", "A");
    event("2026-03-20", "A");
    const auto firings = run();
    EXPECT_THAT(fired(firings), ElementsAre(at("2026-03-20")));
    EXPECT_EQ(firings.candidates[0].verdict, Verdict::WhenFalse);
}

TEST_F(AccountTriggersTest, ATriggerSeesFiringsBeforeItsInstantOnly) {
    const std::uint32_t first = add(on(trigger::signal(kA)), "first");
    plan::Trigger second = on(trigger::signal(kA));
    second.when = plan.rule_result(Op::TriggerFired, kBool, first);
    const std::uint32_t later = add(second, "second");
    data.account();
    event("2026-03-01", "A");
    event("2026-03-02", "A");
    const auto firings = run();
    EXPECT_THAT(fired(firings, first), ElementsAre(at("2026-03-01"), at("2026-03-02")));
    EXPECT_THAT(fired(firings, later), ElementsAre(at("2026-03-02")));
    const auto last_fired = triggers_->fired();
    EXPECT_EQ(last_fired(later, at("2026-03-02")), at("2026-03-02"));
    EXPECT_EQ(last_fired(later, at("2026-03-02") - 1), std::nullopt);
}

TEST_F(AccountTriggersTest, AnEarlierAsOfGivesTheSameFiringsUpToIt) {
    plan::Trigger trigger = on(trigger::both(trigger::signal(kA), trigger::signal(kB)));
    trigger.cooldown = 3 * kDay;
    add(trigger);
    data.account();
    const char* names[] = {"A", "B", "A", "A", "B", "B", "A", "B"};
    for (std::size_t i = 0; i < 8; ++i)
        event(("2026-03-0" + std::to_string(i + 1)).c_str(), names[i]);
    const auto all = run().candidates;
    for (const auto& cut : all) {
        auto prefix = all;
        std::erase_if(prefix, [&](const auto& each) { return each.instant > cut.instant; });
        EXPECT_EQ(run(cut.instant).candidates, prefix);
    }
    EXPECT_EQ(all.size(), 3U);
}

// Every order of six events, two of them simultaneous and two alike.
TEST(AccountTriggers, TheOrderOfTheInputDoesNotMatter) {
    using EventRow = std::pair<const char*, const char*>;
    std::vector<EventRow> rows{{"2026-03-01", "A"}, {"2026-03-02", "A"}, {"2026-03-02", "B"},
                               {"2026-03-03", "A"}, {"2026-03-03", "A"}, {"2026-03-04", "B"}};
    std::vector<trigger::Candidate> first;
    std::vector<std::string> first_identities;
    do {
        SmallPlan plan;
        SmallData data(plan);
        for (const char* name : {"A", "B"}) {
            plan::Signal signal;
            signal.collection = plan.entity("event");
            signal.where = plan.condition(Op::Equal, {plan.field("event.name"), plan.words(name)});
            plan.plan.signals.push_back(signal);
        }
        plan.plan.triggers.resize(1);
        plan.plan.triggers[0].on.patterns = trigger::then(trigger::signal(kA), trigger::signal(kB));
        plan.plan.rules.resize(1);
        plan.plan.rules[0].kind = plan::RuleKind::Trigger;
        plan.plan.rules[0].versions = {0};
        data.account();
        for (const auto& [instant, name] : rows)
            data.event(0, {{"at", integer(at(instant))}, {"name", text(name)}});
        const auto dataset = data.build();
        const auto prepared = interpret::PreparedPlan::prepare(plan.plan);
        interpret::Evaluator evaluator(*prepared, dataset);
        const auto shapes = trigger::TriggerShapes::prepare(plan.plan);
        trigger::AccountTriggers triggers(*shapes, evaluator);
        triggers.run(0, kToday);
        const auto& candidates = triggers.candidates();
        std::vector<std::string> identities;
        for (const auto& each : candidates)
            identities.push_back(
                trigger::hexadecimal(firing_identity(plan.plan, dataset, 0, each)));
        if (first.empty()) {
            first = candidates;
            first_identities = identities;
        }
        ASSERT_EQ(candidates, first);
        ASSERT_EQ(identities, first_identities);
    } while (std::ranges::next_permutation(rows, {}, [](const EventRow& row) {
                 return std::pair(std::string_view(row.first), std::string_view(row.second));
             }).found);
    EXPECT_EQ(first.size(), 2U);
}

TEST_F(AccountTriggersTest, AFiringsMessageAndIdentity) {
    plan::Trigger trigger = on(trigger::signal(kA));
    trigger.say = plan.words("Call them");
    add(trigger);
    data.account();
    event("2026-03-01", "A");
    const auto firings = run();
    ASSERT_EQ(firings.candidates.size(), 1U);
    EXPECT_EQ(firings.candidates[0].message, "Call them");
    const auto identity =
        firing_identity(plan.plan, evaluator().dataset(), 0, firings.candidates[0]);
    EXPECT_EQ(trigger::hexadecimal(identity).size(), 32U);
    auto elsewhere = firings.candidates[0];
    elsewhere.instant += 1;
    EXPECT_NE(firing_identity(plan.plan, evaluator().dataset(), 0, elsewhere), identity);
}

TEST(FiringIdentity, TellsEveryPartApart) {
    const Digest event = sha256("event");
    const auto identity = [&](const char* trigger, const char* key) {
        return trigger::hexadecimal(trigger::firing_identity(trigger, key, trigger::Occasion::Event,
                                                             5, std::span(&event, 1)));
    };
    EXPECT_NE(identity("ab", "c"), identity("a", "bc"));
    EXPECT_EQ(identity("a", "b"), identity("a", "b"));
    EXPECT_NE(identity("a", "b"),
              trigger::hexadecimal(trigger::firing_identity("a", "b", trigger::Occasion::Deadline,
                                                            5, std::span(&event, 1))));
}

// No ticks: a machine is woken where something that it reads changes, and nowhere else.
class WakeUpsTest : public AccountTriggersTest {
protected:
    static plan::Trigger becomes(NodeId condition) {
        plan::Trigger trigger;
        trigger.on.kind = plan::On::Kind::Becomes;
        trigger.on.condition = condition;
        return trigger;
    }
    std::uint64_t wake_ups() {
        run();
        return triggers_->instants_handled();
    }
};

TEST_F(WakeUpsTest, AWindowIsLookedAtWhereRecordsEnterAndLeaveIt) {
    plan::Aggregate lately = plan.over("events", plan::AggregateKind::Count);
    lately.windows = {plan.last(7 * kDay)};
    add(becomes(plan.condition(Op::GreaterEqual, {plan.aggregate(lately, kInt), plan.whole(3)})));
    data.account({{"since", integer(at("2026-01-01"))}});
    constexpr std::uint64_t kEvents = 4;
    for (const char* day : {"2026-03-01", "2026-03-03", "2026-03-05", "2026-03-09"})
        event(day, "A");
    EXPECT_EQ(wake_ups(), 1 + 2 * kEvents); // the origin, each event coming, each one leaving
}

TEST_F(WakeUpsTest, AnAgeIsLookedAtWhereItCrossesItsBound) {
    const NodeId age =
        plan.node(Op::SubtractExact, kDuration, {plan.as_of(), plan.field("account.since")});
    add(becomes(plan.condition(Op::Greater, {age, plan.constant(kDuration, integer(30 * kDay))})));
    data.account({{"since", integer(at("2026-01-01"))}});
    EXPECT_EQ(wake_ups(), 2U); // the origin and the crossing
}

// Points that fade move every day, but only from the first event on and until they are rounded to
// nothing: whoever has been there since the year 1 is not looked at 740,000 times.
class FadingWakeUpsTest : public WakeUpsTest {
protected:
    static constexpr std::uint64_t kEvents = 2;

    // Of the given fit, for an account of the year 1.
    std::uint64_t wake_ups_of(plan::Fit fit) {
        const NodeId score = plan.rule_result(Op::FitScore, kPoints, plan.add(std::move(fit)));
        add(becomes(
            plan.condition(Op::GreaterEqual, {score, plan.constant(kPoints, integer(points(5)))})));
        data.account({{"since", integer(at("0001-01-02"))}});
        event("2026-03-01", "A");
        event("2026-03-05", "A");
        return wake_ups();
    }
    plan::Fit fading(plan::ForEach::Fading fading, std::int64_t every) {
        plan::Fit fit;
        fit.clauses = {clause(points(3))};
        plan::ForEach each;
        each.elements = plan.over("events", plan::AggregateKind::Count);
        each.fading = fading;
        each.every_microseconds = every;
        each.loses = points(1);
        fit.clauses[0].for_each = each;
        return fit;
    }
};

TEST_F(FadingWakeUpsTest, LosingPointsAreLookedAtUntilTheyAreGone) {
    // From the first event to the second, from there to nothing, and where nothing is seen.
    constexpr std::uint64_t kDaysOfPoints = 4 + 6 + 1;
    EXPECT_LE(wake_ups_of(fading(plan::ForEach::Fading::Losing, 2 * kDay)),
              1 + kEvents + kDaysOfPoints);
}

TEST_F(FadingWakeUpsTest, HalvingPointsAreLookedAtUntilTheyAreRoundedToNothing) {
    constexpr std::uint64_t kHalvings = 10; // of 300 hundredths, and of as many again
    EXPECT_LE(wake_ups_of(fading(plan::ForEach::Fading::Halving, 2 * kDay)),
              1 + kEvents + 4 + 2 * kHalvings);
}

TEST_F(FadingWakeUpsTest, ALineIsLookedAtBetweenItsEnds) {
    const NodeId age =
        plan.node(Op::SubtractExact, kDuration, {plan.as_of(), plan.field("account.since")});
    plan::Fit fit;
    fit.clauses = {clause(0)};
    fit.clauses[0].points_to = points(10);
    fit.clauses[0].ramp = {age, integer(100 * kDay), integer(130 * kDay)};
    EXPECT_LE(wake_ups_of(std::move(fit)), 1 + 31U);
}

TEST_F(WakeUpsTest, AWaitIsLookedAtWhereItOpensAndEnds) {
    plan::Trigger trigger;
    trigger.on.kind = plan::On::Kind::Without;
    trigger.on.patterns = trigger::signal(kA);
    trigger.on.absent = {kB};
    trigger.on.wait.microseconds = 2 * kDay;
    add(trigger);
    data.account();
    event("2026-03-01", "A");
    event("2026-03-10", "A");
    event("2026-03-11", "B");
    EXPECT_EQ(wake_ups(), 4U); // three events and one deadline that passes
}

} // namespace
} // namespace rulebook::testing
