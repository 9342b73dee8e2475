// From candidate to firing: what stops it, in the order of the language; the first cause counts.
#pragma once

#include <vector>

#include "runtime/trigger/candidate.hpp"
#include "runtime/trigger/rhythm.hpp"
#include "runtime/trigger/surroundings.hpp"
#include "runtime/trigger/trigger_shapes.hpp"

namespace rulebook::trigger {

// What the triggers of one account have done so far, as far as it decides about the next. One
// thread at a time. The shapes outlive it.
class Judgement {
public:
    explicit Judgement(const TriggerShapes& shapes);

    void clear();

    // Judges the candidates of one instant, whose verdicts are Fired, NotInForce or BeforeOrigin so
    // far, and takes note of those that count. They stand in the order of Plan::rules.
    void judge(std::vector<Candidate>& candidates, Surroundings& surroundings);

private:
    struct OfRule {
        std::uint32_t rule;
        Rhythm rhythm;
    };

    Rhythm& rhythm_of(std::uint32_t rule);
    void judge_alone(Candidate& candidate, Surroundings& surroundings);
    bool passes_conditions(const plan::Trigger& trigger, Candidate& candidate,
                           Surroundings& surroundings) const;
    bool passes_rhythm(const plan::Trigger& trigger, Candidate& candidate);
    void judge_by_policy(Candidate& candidate, Surroundings& surroundings);
    bool passes_policy(const plan::Policy& policy, std::uint32_t index, Candidate& candidate,
                       Surroundings& surroundings);
    void settle(Candidate& candidate, Surroundings& surroundings);

    const TriggerShapes* shapes_;
    std::vector<OfRule> rules_; // as TriggerShapes::rules
    std::vector<Rhythm> policies_;
};

} // namespace rulebook::trigger
