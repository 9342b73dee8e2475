#include "runtime/trigger/account_machine.hpp"

#include <algorithm>

namespace rulebook::trigger {

AccountMachine::AccountMachine(const TriggerShapes& shapes) : shapes_(&shapes) {
    for (const TriggerShapes::Rule& rule : shapes.rules()) {
        RuleState state{.versions = {}, .rhythm = Rhythm(rule.greatest_count), .fired = {}};
        for (const TriggerShapes::Version& version : rule.versions)
            state.versions.emplace_back(version.pattern);
        rules_.push_back(std::move(state));
    }
}

std::vector<Candidate> AccountMachine::handle(std::int64_t instant, std::span<const Event> events,
                                              Conditions& conditions) {
    std::vector<Candidate> found;
    for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
        auto completed = candidate(rule, instant, events);
        if (!completed)
            continue;
        judge(rule, *completed, conditions);
        settle(rule, *completed);
        found.push_back(std::move(*completed));
    }
    return found;
}

// Each version matches on its own; what counts is the match of the one in force. Where none is, a
// match of any version shows what was waited for.
std::optional<Candidate> AccountMachine::candidate(std::size_t rule, std::int64_t instant,
                                                   std::span<const Event> events) {
    const TriggerShapes::Rule& shape = shapes_->rules()[rule];
    std::optional<Candidate> in_force;
    std::optional<Candidate> out_of_force;
    bool some_in_force = false;
    for (std::size_t i = 0; i < shape.versions.size(); ++i) {
        const std::uint32_t version = shape.versions[i].index;
        const bool holds = shapes_->plan().triggers[version].effective.contains(instant);
        some_in_force = some_in_force || holds;
        const auto completion = rules_[rule].versions[i].handle(instant, events);
        if (!completion)
            continue;
        const Event& event = events[completion->completing];
        (holds ? in_force : out_of_force) =
            Candidate{.rule = shape.index,
                      .version = version,
                      .instant = instant,
                      .start = completion->start,
                      .completing = {event.collection, event.row},
                      .verdict = holds ? Verdict::Fired : Verdict::NotInForce};
    }
    return some_in_force ? in_force : out_of_force;
}

// The first that stops it is the cause.
void AccountMachine::judge(std::size_t rule, Candidate& candidate, Conditions& conditions) const {
    if (candidate.verdict == Verdict::NotInForce)
        return;
    const plan::Trigger& trigger = shapes_->plan().triggers[candidate.version];
    candidate.when = trigger.when == plan::kNoNode ? plan::Value::of(true)
                                                   : conditions.value(trigger.when, candidate);
    if (!candidate.when.is_true()) {
        candidate.verdict = candidate.when.known() ? Verdict::WhenFalse : Verdict::WhenUnknown;
        return;
    }
    for (const plan::Stopper& unless : trigger.unless) {
        const plan::Value& stops =
            candidate.unless.emplace_back(conditions.value(unless.when, candidate));
        if (stops.is_false())
            continue;
        candidate.verdict = stops.known() ? Verdict::UnlessTrue : Verdict::UnlessUnknown;
        return;
    }
    candidate.verdict = rules_[rule].rhythm.judge(trigger, candidate.instant);
    if (candidate.verdict != Verdict::Fired) {
        candidate.last_counted = rules_[rule].rhythm.last();
        return;
    }
    if (trigger.say != plan::kNoNode) {
        const plan::Value message = conditions.value(trigger.say, candidate);
        candidate.message = message.known() ? message.text() : std::string();
    }
}

// A firing of any status consumes the events of every version; one that fired counts.
void AccountMachine::settle(std::size_t rule, const Candidate& candidate) {
    RuleState& state = rules_[rule];
    if (candidate.status() == Status::None)
        return;
    for (PatternMachine& machine : state.versions)
        machine.consume();
    if (candidate.status() != Status::Fired)
        return;
    state.rhythm.count(candidate.instant);
    state.fired.push_back(candidate.instant);
}

bool AccountMachine::fired(std::uint32_t rule, std::optional<std::int64_t> since,
                           std::int64_t until) const {
    for (std::size_t i = 0; i < rules_.size(); ++i) {
        if (shapes_->rules()[i].index != rule)
            continue;
        const auto& instants = rules_[i].fired;
        const auto after = std::ranges::upper_bound(instants, until);
        return after != instants.begin() && (!since || *(after - 1) >= *since);
    }
    return false;
}

} // namespace rulebook::trigger
