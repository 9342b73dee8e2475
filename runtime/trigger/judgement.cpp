#include "runtime/trigger/judgement.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace rulebook::trigger {

namespace {

std::int64_t greatest_count(const std::vector<plan::AtMost>& limits) {
    std::int64_t greatest = 0;
    for (const plan::AtMost& limit : limits)
        greatest = std::max(greatest, limit.count);
    return greatest;
}

// The number of the first limit that is reached.
std::optional<std::uint32_t> first_reached(const std::vector<plan::AtMost>& limits,
                                           const Rhythm& rhythm, std::int64_t instant) {
    for (std::uint32_t i = 0; i < limits.size(); ++i)
        if (rhythm.reached(limits[i], instant))
            return i;
    return std::nullopt;
}

// Asks one after the other until one is not false; what it says, or nothing.
std::optional<bool> first_stop(const std::vector<plan::Stopper>& stoppers,
                               const Candidate& candidate, Surroundings& surroundings,
                               std::vector<plan::Value>& judged) {
    for (const plan::Stopper& stopper : stoppers) {
        judged.push_back(surroundings.value(stopper.when, candidate));
        if (!judged.back().is_false())
            return judged.back().known();
    }
    return std::nullopt;
}

// The preferred triggers of a policy come first, as it lists them; then the others.
std::size_t place_in_policy(const plan::Plan& plan, const Candidate& candidate) {
    const auto policy = plan.triggers[candidate.version].policy;
    if (!policy)
        return 0;
    const auto& prefer = plan.policies[*policy].prefer;
    return static_cast<std::size_t>(std::ranges::find(prefer, candidate.rule) - prefer.begin());
}

} // namespace

Judgement::Judgement(const TriggerShapes& shapes) : shapes_(&shapes) {
    for (const TriggerShapes::Rule& rule : shapes.rules())
        rules_.push_back({rule.index, Rhythm(rule.greatest_count)});
    for (const plan::Policy& policy : shapes.plan().policies)
        policies_.emplace_back(greatest_count(policy.limits));
}

void Judgement::clear() {
    for (OfRule& rule : rules_)
        rule.rhythm.clear();
    for (Rhythm& policy : policies_)
        policy.clear();
}

Rhythm& Judgement::rhythm_of(std::uint32_t rule) {
    return std::ranges::find(rules_, rule, &OfRule::rule)->rhythm;
}

void Judgement::judge(std::vector<Candidate>& candidates, Surroundings& surroundings) {
    for (Candidate& candidate : candidates)
        judge_alone(candidate, surroundings);
    if (candidates.size() == 1) {
        judge_by_policy(candidates.front(), surroundings);
        return settle(candidates.front(), surroundings);
    }
    std::vector<Candidate*> in_order;
    for (Candidate& candidate : candidates)
        in_order.push_back(&candidate);
    std::ranges::sort(in_order, {}, [&](const Candidate* candidate) {
        return std::tuple(place_in_policy(shapes_->plan(), *candidate),
                          std::string_view(shapes_->plan().rules[candidate->rule].name));
    });
    for (Candidate* candidate : in_order) {
        judge_by_policy(*candidate, surroundings);
        settle(*candidate, surroundings);
    }
}

void Judgement::judge_alone(Candidate& candidate, Surroundings& surroundings) {
    if (candidate.verdict != Verdict::Fired)
        return; // not in force, or before the origin
    const plan::Trigger& trigger = shapes_->plan().triggers[candidate.version];
    if (passes_conditions(trigger, candidate, surroundings))
        passes_rhythm(trigger, candidate);
}

bool Judgement::passes_conditions(const plan::Trigger& trigger, Candidate& candidate,
                                  Surroundings& surroundings) const {
    if (!candidate.when.known()) // whoever looked for the candidate has not asked
        candidate.when = trigger.when == plan::kNoNode
                             ? plan::Value::of(true)
                             : surroundings.value(trigger.when, candidate);
    if (!candidate.when.is_true()) {
        candidate.verdict = candidate.when.known() ? Verdict::WhenFalse : Verdict::WhenUnknown;
        return false;
    }
    const auto stopped = first_stop(trigger.unless, candidate, surroundings, candidate.unless);
    if (stopped)
        candidate.verdict = *stopped ? Verdict::UnlessTrue : Verdict::UnlessUnknown;
    return !stopped;
}

bool Judgement::passes_rhythm(const plan::Trigger& trigger, Candidate& candidate) {
    const Rhythm& rhythm = rhythm_of(candidate.rule);
    if (trigger.once && rhythm.last())
        candidate.verdict = Verdict::Once;
    else if (const auto limit = first_reached(trigger.at_most, rhythm, candidate.instant)) {
        candidate.verdict = Verdict::AtMost;
        candidate.limit = limit;
    } else if (trigger.cooldown && rhythm.cools_down(*trigger.cooldown, candidate.instant))
        candidate.verdict = Verdict::Cooldown;
    else
        return true;
    candidate.last_counted = rhythm.last();
    return false;
}

void Judgement::judge_by_policy(Candidate& candidate, Surroundings& surroundings) {
    if (candidate.verdict != Verdict::Fired)
        return;
    const plan::Trigger& trigger = shapes_->plan().triggers[candidate.version];
    const plan::Policy* policy =
        trigger.policy ? &shapes_->plan().policies[*trigger.policy] : nullptr;
    if (policy != nullptr && !passes_policy(*policy, *trigger.policy, candidate, surroundings))
        return;
    const auto& group = trigger.control || policy == nullptr ? trigger.control : policy->control;
    if (group && surroundings.is_control(*group, candidate.rule))
        candidate.verdict = Verdict::ControlGroup;
}

bool Judgement::passes_policy(const plan::Policy& policy, std::uint32_t index, Candidate& candidate,
                              Surroundings& surroundings) {
    const auto stopped = first_stop(policy.suppress, candidate, surroundings, candidate.suppress);
    if (stopped) {
        candidate.verdict = *stopped ? Verdict::PolicySuppresses : Verdict::PolicyUnknown;
        return false;
    }
    if (std::ranges::binary_search(policy.exempt, candidate.rule))
        return true;
    const auto limit = first_reached(policy.limits, policies_[index], candidate.instant);
    if (!limit)
        return true;
    candidate.verdict = Verdict::PolicyLimit;
    candidate.limit = limit;
    candidate.last_counted = policies_[index].last();
    return false;
}

void Judgement::settle(Candidate& candidate, Surroundings& surroundings) {
    if (!counts(candidate.status()))
        return;
    const plan::Trigger& trigger = shapes_->plan().triggers[candidate.version];
    rhythm_of(candidate.rule).count(candidate.instant);
    if (trigger.policy)
        policies_[*trigger.policy].count(candidate.instant);
    if (trigger.say == plan::kNoNode)
        return;
    const plan::Value message = surroundings.value(trigger.say, candidate);
    candidate.message = message.known() ? message.text() : std::string();
}

} // namespace rulebook::trigger
