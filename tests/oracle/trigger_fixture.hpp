// Small plans with triggers over small data, for whoever answers (see engine.hpp).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/plan/validate.hpp"
#include "tests/oracle/engine.hpp"
#include "tests/oracle/on.hpp"
#include "tests/unit/interpret/small_data.hpp"
#include "tests/unit/interpret/small_plan.hpp"

namespace rulebook::oracle {

using testing::at;
using testing::integer;
using testing::kBool;
using testing::kDay;
using testing::kHour;
using testing::kNoNode;
using testing::NodeId;
using testing::Op;
using testing::text;

inline constexpr std::uint32_t kA = 0;
inline constexpr std::uint32_t kB = 1;
inline constexpr std::uint32_t kC = 2;
inline constexpr std::uint32_t kX = 3;

// Signals A, B, C, X over `events.name`; one account; UTC unless said otherwise.
class TriggerFixture : public ::testing::Test {
protected:
    using FieldValues = testing::FieldValues;

    testing::SmallPlan plan;
    testing::SmallData data{plan};
    Question question{.as_of = at("2026-06-30T12:00:00Z"), .from = at("2026-03-01"), .step = kHour};

    TriggerFixture() {
        plan.plan.timezone = "UTC";
        for (const char* name : {"A", "B", "C", "X"}) {
            plan::Signal signal;
            signal.name = name;
            signal.collection = plan.entity("event");
            signal.where = plan.condition(Op::Equal, {plan.field("event.name"), plan.words(name)});
            plan.plan.signals.push_back(signal);
        }
    }

    static plan::Trigger trigger(plan::On what) {
        plan::Trigger made;
        made.on = std::move(what);
        return made;
    }
    // Gives its index in Plan::rules.
    std::uint32_t add(const plan::Trigger& version, std::string name = "reach_out") {
        plan::Rule rule;
        rule.kind = plan::RuleKind::Trigger;
        rule.name = std::move(name);
        plan.plan.rules.push_back(rule);
        const auto index = static_cast<std::uint32_t>(plan.plan.rules.size() - 1);
        add_version(index, version);
        return index;
    }
    std::uint32_t add(plan::On what) { return add(trigger(std::move(what))); }
    void add_version(std::uint32_t rule, const plan::Trigger& version) {
        plan.plan.rules[rule].versions.push_back(
            static_cast<std::uint32_t>(plan.plan.triggers.size()));
        plan.plan.triggers.push_back(version);
    }
    void event(const char* instant, const char* name, FieldValues more = {}) {
        event_at(at(instant), name, std::move(more));
    }
    void event_at(std::int64_t instant, const char* name, FieldValues more = {}) {
        more.emplace_back("at", integer(instant));
        more.emplace_back("name", text(name));
        data.event(0, more);
    }

    Answer run(data::RowIndex account = 0) {
        EXPECT_EQ(plan::validate(plan.plan), std::nullopt);
        return answer_of(plan.plan, data.build(), account, question);
    }
    Answer run_to(const char* as_of) {
        question.as_of = at(as_of);
        return run();
    }
    static std::vector<std::int64_t> fired(const Answer& answer, std::uint32_t rule = 0) {
        std::vector<std::int64_t> instants;
        for (const Outcome& each : answer.outcomes)
            if (each.rule == rule && each.cause == Cause::Fired)
                instants.push_back(each.instant);
        return instants;
    }
    static std::vector<Cause> causes(const Answer& answer, std::uint32_t rule = 0) {
        std::vector<Cause> all;
        for (const Outcome& each : answer.outcomes)
            if (each.rule == rule)
                all.push_back(each.cause);
        return all;
    }
};

inline void PrintTo(Cause cause, std::ostream* stream) {
    *stream << name(cause);
}

} // namespace rulebook::oracle
