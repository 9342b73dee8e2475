#include "runtime/explain/explain_trigger.hpp"

#include "runtime/explain/render_text.hpp"
#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

using explain::Explanation;
using explain::LineKind;

class ExplainTriggerTest : public EvaluationTest {
protected:
    void SetUp() override {
        data.account();
        plan.plan.timezone = "UTC";
        plan::Signal signal;
        signal.name = "asked";
        signal.collection = plan.entity("event");
        signal.where = plan.condition(Op::Equal, {plan.field("event.name"), plan.words("ask")});
        plan.plan.signals.push_back(signal);
        trigger_.on.patterns = {{}};
        trigger_.on_note.text = "on asked";
    }
    void event(std::string_view instant, std::string name) {
        data.event(0, {{"at", integer(at(instant))}, {"name", text(std::move(name))}});
    }
    Explanation explanation() {
        plan::Rule rule;
        rule.kind = plan::RuleKind::Trigger;
        rule.name = "reach_out";
        rule.versions = {0};
        plan.plan.triggers = {trigger_};
        plan.plan.rules = {rule};
        const auto shapes = trigger::TriggerShapes::prepare(plan.plan);
        trigger::AccountTriggers triggers(*shapes, evaluator());
        trigger::History history;
        triggers.run(0, kToday, &history);
        return explain::explain_trigger(evaluator(), triggers, history, 0, 0, kToday);
    }

    plan::Trigger trigger_;
};

TEST_F(ExplainTriggerTest, ShowsWhatBecameOfEachCandidate) {
    event("2026-03-01", "ask");
    event("2026-03-05", "ask");
    event("2026-03-06", "other");
    trigger_.cooldown = 7 * kDay;
    const NodeId count = plan.aggregate(plan.over("events", plan::AggregateKind::Count), kInt);
    trigger_.when = plan.condition(Op::Less, {count, plan.whole(10)});
    trigger_.when_note.text = "when count(events) < 10";
    trigger_.unless.resize(1);
    trigger_.unless[0].note.text = "unless active default false";
    trigger_.unless[0].when =
        plan.node(Op::Default, kBool, {plan.field("account.active"), plan.no()});
    trigger_.say = plan.words("Asked");
    EXPECT_EQ(
        explain::render_text(explanation()),
        R"(trigger reach_out: fired 1, suppressed 1, asked 2 times, last at 2026-03-05T00:00:00Z   (at 2026-06-30T12:00:00Z)
            =>       2026-03-01T00:00:00Z: fired
                       on asked
                       asked at 2026-03-01T00:00:00Z
                       says: Asked
            true     when count(events) < 10
                       count(events) = 1
            false    unless active default false
                       active is unknown: missing in the data
                     2026-03-05T00:00:00Z: suppressed, it fired within the cooldown
                       on asked
                       asked at 2026-03-05T00:00:00Z
                       it fired last at 2026-03-01T00:00:00Z
                       the cooldown ends at 2026-03-08T00:00:00Z
            true     when count(events) < 10
                       count(events) = 2
            false    unless active default false
                       active is unknown: missing in the data
                     not complete since the suppressed firing at 2026-03-05T00:00:00Z, which used up what came before
                       asked
                       no asked
)");
}

TEST_F(ExplainTriggerTest, WhatWasNotJudgedHasNoLine) {
    event("2026-03-01", "ask");
    trigger_.when = plan.field("account.active");
    trigger_.unless = {{plan.yes(), "", {}}};
    const Explanation result = explanation();
    ASSERT_EQ(result.lines.size(), 2U);
    EXPECT_EQ(result.lines[0].kind, LineKind::Candidate);
    EXPECT_EQ(result.lines[0].text, "2026-03-01T00:00:00Z: no firing, `when` is unknown");
    EXPECT_EQ(result.lines[1].kind, LineKind::When);
    EXPECT_EQ(result.lines[1].cause, "active is unknown: missing in the data");
}

TEST_F(ExplainTriggerTest, SaysWhichSignalNeverCame) {
    const Explanation result = explanation();
    ASSERT_EQ(result.lines.size(), 1U);
    EXPECT_EQ(result.lines[0].text, "not complete");
    EXPECT_EQ(result.lines[0].remarks, (std::vector<std::string>{"asked", "no asked"}));
    EXPECT_EQ(result.results.back(), (explain::Named{"asked", "never", ""}));
}

} // namespace
} // namespace rulebook::testing
