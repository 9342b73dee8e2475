// The triggers of a plan for one account, driven by its events in order of time: a batch run and a
// stream drive it alike. It holds no records and no history, only the state of the patterns, the
// last firings that count, and when each trigger fired.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "runtime/plan/plan.hpp"
#include "runtime/trigger/event.hpp"
#include "runtime/trigger/firing.hpp"
#include "runtime/trigger/pattern_machine.hpp"
#include "runtime/trigger/rhythm.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::trigger {

// The triggers of a plan made ready. Immutable; safe to share between threads.
class TriggerShapes {
public:
    // Fails if the zone is not known (plan.zone). The plan is sound and outlives the shapes.
    static Result<TriggerShapes> prepare(const plan::Plan& plan);

    struct Version {
        std::uint32_t index = 0; // in Plan::triggers
        PatternShape pattern;
    };
    struct Rule {
        std::uint32_t index = 0; // in Plan::rules
        std::int64_t greatest_count = 0;
        std::vector<Version> versions{}; // by the start of their range
    };

    const plan::Plan& plan() const { return *plan_; }
    const time::Zone& zone() const { return *zone_; }
    const std::vector<Rule>& rules() const { return rules_; } // in the order of Plan::rules
    // The signals that some trigger waits for, by the collection that they range over, ascending.
    const std::map<plan::EntityIndex, std::vector<std::uint32_t>>& signals() const {
        return signals_;
    }

private:
    TriggerShapes(const plan::Plan& plan, const time::Zone& zone) : plan_(&plan), zone_(&zone) {}

    const plan::Plan* plan_;
    const time::Zone* zone_;
    std::vector<Rule> rules_;
    std::map<plan::EntityIndex, std::vector<std::uint32_t>> signals_;
};

// Who evaluates a trigger's expressions: for the account at the candidate's instant, with all of
// that instant and nothing later, and of firings only those before it.
class Conditions {
public:
    virtual ~Conditions() = default;
    virtual plan::Value value(plan::NodeId node, const Candidate& candidate) = 0;
};

// One thread at a time. The shapes outlive it.
class AccountMachine {
public:
    explicit AccountMachine(const TriggerShapes& shapes);

    // Handles an instant whole. `events`: all of that instant that some signal matches, in the
    // order of their records. Instants ascend from call to call. Gives the candidates, of which
    // those with a status are firings, in the order of Plan::rules.
    std::vector<Candidate> handle(std::int64_t instant, std::span<const Event> events,
                                  Conditions& conditions);

    // Whether some firing of the trigger (index in Plan::rules) with status fired lies in
    // [since, until]; without `since`: at or before `until`.
    bool fired(std::uint32_t rule, std::optional<std::int64_t> since, std::int64_t until) const;

private:
    struct RuleState {
        std::vector<PatternMachine> versions;
        Rhythm rhythm;
        std::vector<std::int64_t> fired; // ascending
    };

    std::optional<Candidate> candidate(std::size_t rule, std::int64_t instant,
                                       std::span<const Event> events);
    void judge(std::size_t rule, Candidate& candidate, Conditions& conditions) const;
    void settle(std::size_t rule, const Candidate& candidate);

    const TriggerShapes* shapes_;
    std::vector<RuleState> rules_; // as TriggerShapes::rules
};

} // namespace rulebook::trigger
