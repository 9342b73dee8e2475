// What the machines remember of one account is bounded by the rulebook and its windows, not by how
// much happened. Numbers of things, not of bytes or seconds.
#include <gmock/gmock.h>

#include "runtime/trigger/account_triggers.hpp"
#include "tests/unit/interpret/evaluation_fixture.hpp"
#include "tests/unit/trigger/patterns.hpp"

namespace rulebook::testing {
namespace {

using plan::AggregateKind;

constexpr std::int64_t kBegin = 1'600'000'000 * kSecond;

// Of events every hour, of three names, with twenty different values.
struct Remembered {
    std::size_t machines = 0;
    std::size_t conditions = 0;
    std::size_t candidates = 0;
};

class History {
public:
    explicit History(std::int64_t events) {
        for (const char* name : {"A", "B", "none"}) {
            plan::Signal signal;
            signal.name = name;
            signal.collection = plan.entity("event");
            signal.where = plan.condition(Op::Equal, {plan.field("event.name"), plan.words(name)});
            plan.plan.signals.push_back(signal);
        }
        data_.account({{"since", integer(kBegin)}});
        for (std::int64_t i = 0; i < events; ++i)
            data_.event(0, {{"at", integer(kBegin + i * kHour)},
                            {"name", text(i % 3 == 0   ? "A"
                                          : i % 3 == 1 ? "B"
                                                       : "C")},
                            {"value", integer(i * 7 % 20)},
                            {"due", integer(kBegin + i * kHour + i % 5 * kDay)}});
    }

    void on(plan::On on, NodeId when = kNoNode) {
        plan::Trigger trigger;
        trigger.on = std::move(on);
        trigger.when = when;
        plan::Rule rule;
        rule.kind = plan::RuleKind::Trigger;
        rule.name = "trigger_" + std::to_string(plan.plan.rules.size());
        rule.versions = {static_cast<std::uint32_t>(plan.plan.triggers.size())};
        plan.plan.triggers.push_back(std::move(trigger));
        plan.plan.rules.push_back(std::move(rule));
    }
    void pattern(const trigger::Patterns& patterns, NodeId when = kNoNode) {
        plan::On waits;
        waits.patterns = patterns;
        on(std::move(waits), when);
    }
    void becomes(NodeId condition) {
        plan::On waits;
        waits.kind = plan::On::Kind::Becomes;
        waits.condition = condition;
        on(std::move(waits));
    }

    Remembered run() {
        const auto dataset = data_.build();
        const auto prepared = interpret::PreparedPlan::prepare(plan.plan).value();
        const auto shapes = trigger::TriggerShapes::prepare(plan.plan).value();
        interpret::Evaluator evaluator(prepared, dataset);
        trigger::AccountTriggers triggers(shapes, evaluator);
        triggers.run(0, *dataset.latest(), nullptr, trigger::AccountTriggers::Keep::Firings);
        for (const auto& [what, times] : triggers.passed())
            passed += times;
        return {triggers.machine().remembered(), evaluator.remembered(),
                triggers.candidates().size()};
    }

    SmallPlan plan;
    std::uint64_t passed = 0;

private:
    SmallData data_{plan};
};

// After many events as much as after few; both are enough to fill every window.
template <class Fill>
Remembered remembered(Fill fill) {
    History few(600);
    History many(6000);
    fill(few);
    fill(many);
    const Remembered small = few.run();
    const Remembered large = many.run();
    EXPECT_EQ(small.machines, large.machines);
    EXPECT_LE(large.conditions, small.conditions + 1);
    EXPECT_EQ(small.candidates, large.candidates);
    return large;
}

TEST(StateSize, PatternsKeepWhatCanStillMatch) {
    const Remembered kept = remembered([](History& history) {
        const auto a = trigger::signal(0);
        const auto b = trigger::signal(1);
        const auto never = trigger::signal(2);
        history.pattern(trigger::within(trigger::then(a, never), 14 * kDay));
        history.pattern(trigger::then(trigger::then(a, b), never));
        history.pattern(trigger::both(trigger::either(a, b), never));
    });
    EXPECT_LE(kept.machines, 10U);
}

TEST(StateSize, WaitsKeepOne) {
    const Remembered kept = remembered([](History& history) {
        plan::On without;
        without.kind = plan::On::Kind::Without;
        without.patterns = trigger::signal(0);
        without.absent = {1};
        without.wait.microseconds = 5 * kDay;
        history.on(without);
        plan::On silence;
        silence.kind = plan::On::Kind::Silence;
        silence.absent = {0};
        silence.wait.microseconds = 5 * kDay;
        history.on(silence);
    });
    EXPECT_LE(kept.machines, 2U);
}

TEST(StateSize, CandidatesThatAreNoFiringAreCounted) {
    History history(900);
    history.pattern(trigger::signal(0), history.plan.no());
    EXPECT_EQ(history.run().candidates, 0U);
    EXPECT_EQ(history.passed, 300U);
}

plan::Aggregate over(History& history, AggregateKind kind, NodeId where, const char* value) {
    return history.plan.over("events", kind, where,
                             value == nullptr ? kNoNode : history.plan.field(value));
}

void becomes_above(History& history, const plan::Aggregate& elements, plan::Type type) {
    const NodeId asked = history.plan.aggregate(elements, type);
    const NodeId bound = history.plan.constant(type, integer(INT64_MAX / 2));
    history.becomes(history.plan.condition(Op::Greater, {asked, bound}));
}

TEST(StateSize, AWindowKeepsNoMoreThanItsDifferentValues) {
    for (const auto kind : {AggregateKind::Count, AggregateKind::Sum, AggregateKind::Min,
                            AggregateKind::Max, AggregateKind::Distinct}) {
        const Remembered kept = remembered([&](History& history) {
            auto lately = over(history, kind, kNoNode,
                               kind == AggregateKind::Count ? nullptr : "event.value");
            lately.windows = {SmallPlan::last(7 * kDay)};
            becomes_above(history, lately, kInt);
        });
        EXPECT_LE(kept.conditions, 20U);
    }
}

TEST(StateSize, WithoutAWindowOnlyDifferentValuesAreKept) {
    for (const auto kind : {AggregateKind::Count, AggregateKind::Sum, AggregateKind::Min,
                            AggregateKind::Max, AggregateKind::First, AggregateKind::Last}) {
        const Remembered kept = remembered([&](History& history) {
            becomes_above(history,
                          over(history, kind, kNoNode,
                               kind == AggregateKind::Count ? nullptr : "event.value"),
                          kInt);
        });
        EXPECT_EQ(kept.conditions, 0U);
    }
    const Remembered kept = remembered([](History& history) {
        becomes_above(history, over(history, AggregateKind::Distinct, kNoNode, "event.value"),
                      kInt);
    });
    EXPECT_EQ(kept.conditions, 20U);
}

// An element's own age, and a field that lies ahead: those that may still change.
TEST(StateSize, ElementsThatMayChangeAreKeptUntilTheyCannot) {
    const Remembered kept = remembered([](History& history) {
        SmallPlan& plan = history.plan;
        const NodeId age =
            plan.node(Op::SubtractExact, kDuration, {plan.as_of(), plan.field("event.at")});
        const NodeId young =
            plan.condition(Op::Less, {age, plan.constant(kDuration, integer(3 * kDay))});
        becomes_above(history, over(history, AggregateKind::Count, young, nullptr), kInt);
        const NodeId overdue = plan.condition(Op::Less, {plan.field("event.due"), plan.as_of()});
        becomes_above(history, over(history, AggregateKind::Max, overdue, "event.value"), kInt);
    });
    EXPECT_LE(kept.conditions, 3 * 24U + 4 * 24U + 2);
}

} // namespace
} // namespace rulebook::testing
