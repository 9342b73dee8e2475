#include "runtime/trigger/account_machine.hpp"

#include <algorithm>

namespace rulebook::trigger {

AccountMachine::AccountMachine(const TriggerShapes& shapes) : shapes_(&shapes), judgement_(shapes) {
    for (const TriggerShapes::Rule& rule : shapes.rules()) {
        RuleState state{.rule = rule.index, .versions = {}, .fired = {}};
        for (const TriggerShapes::Version& version : rule.versions)
            state.versions.push_back({&version, OnMachine(version.on)});
        rules_.push_back(std::move(state));
    }
}

void AccountMachine::start(std::optional<std::int64_t> origin, Surroundings& surroundings) {
    judgement_.clear();
    after_firing_.reset();
    origin_ = origin;
    for (RuleState& rule : rules_)
        rule.fired.clear();
    for (RuleState& rule : rules_)
        for (VersionState& version : rule.versions) {
            version.machine.start(origin, surroundings);
            version.wake = version.machine.wake().value_or(INT64_MAX);
            version.noted.reset();
            note_standing(version, origin.value_or(INT64_MIN));
        }
}

void AccountMachine::note_standing(VersionState& state, std::int64_t instant) const {
    if (standings_ == nullptr || state.machine.standing() == state.noted)
        return;
    state.noted = state.machine.standing();
    standings_->push_back({instant, state.shape->index, state.noted});
}

bool AccountMachine::concerns(const VersionState& state, const Instant& instant) const {
    return state.wake <= instant.time || have_in_common(instant.changes, state.shape->sources) ||
           (after_firing_ == instant.time && state.shape->asks_what_fired) ||
           std::ranges::any_of(instant.events, [&](const Event& event) {
               return event.is_any_of(state.shape->signals);
           });
}

void AccountMachine::handle(const Instant& instant, Surroundings& surroundings,
                            std::vector<Candidate>& found) {
    std::vector<Candidate> candidates;
    for (RuleState& rule : rules_)
        if (auto completed = candidate(rule, instant, surroundings))
            candidates.push_back(std::move(*completed));
    if (after_firing_ && *after_firing_ <= instant.time)
        after_firing_.reset();
    if (candidates.empty())
        return;
    judgement_.judge(candidates, surroundings);
    for (Candidate& each : candidates) {
        settle(*std::ranges::find(rules_, each.rule, &RuleState::rule), each);
        found.push_back(std::move(each));
    }
}

// Each version waits on its own; what counts is the one in force. Where none is, an occurrence of
// any version shows what was waited for.
std::optional<Candidate> AccountMachine::candidate(RuleState& state, const Instant& instant,
                                                   Surroundings& surroundings) {
    std::optional<Candidate> in_force;
    std::optional<Candidate> out_of_force;
    bool some_in_force = false;
    for (VersionState& version : state.versions) {
        const std::uint32_t index = version.shape->index;
        const bool holds = shapes_->plan().triggers[index].effective.contains(instant.time);
        some_in_force = some_in_force || holds;
        if (!concerns(version, instant))
            continue;
        const bool changed = have_in_common(instant.changes, version.shape->sources) ||
                             (after_firing_ == instant.time && version.shape->asks_what_fired);
        const auto occurrence =
            version.machine.handle({instant.time, instant.events, changed}, surroundings);
        version.wake = version.machine.wake().value_or(INT64_MAX);
        note_standing(version, instant.time);
        if (!occurrence)
            continue;
        Candidate& made = (holds ? in_force : out_of_force).emplace();
        static_cast<Occurrence&>(made) = *occurrence;
        made.rule = state.rule;
        made.version = index;
        made.verdict = !holds                               ? Verdict::NotInForce
                       : origin_ && instant.time < *origin_ ? Verdict::BeforeOrigin
                                                            : Verdict::Fired;
    }
    return some_in_force ? in_force : out_of_force;
}

// A firing of any status consumes the events of every version.
void AccountMachine::settle(RuleState& state, const Candidate& candidate) {
    if (candidate.status() == Status::None)
        return;
    for (VersionState& version : state.versions)
        version.machine.consume();
    if (candidate.status() != Status::Fired)
        return;
    state.fired.push_back(candidate.instant);
    if (shapes_->some_ask_what_fired())
        after_firing_ = candidate.instant + 1;
}

std::optional<std::int64_t> AccountMachine::wake() const {
    std::int64_t next = after_firing_.value_or(INT64_MAX);
    for (const RuleState& rule : rules_)
        for (const VersionState& version : rule.versions)
            next = std::min(next, version.wake);
    return next == INT64_MAX ? std::nullopt : std::optional(next);
}

std::vector<Pending> AccountMachine::pending() const {
    std::vector<Pending> all;
    for (const RuleState& rule : rules_)
        for (const VersionState& version : rule.versions) {
            const std::uint32_t index = version.shape->index;
            const auto instant = version.machine.pending();
            if (instant && shapes_->plan().triggers[index].effective.contains(*instant))
                all.push_back({rule.rule, index, *instant});
        }
    return all;
}

std::optional<std::int64_t> AccountMachine::last_fired(std::uint32_t rule,
                                                       std::int64_t until) const {
    const auto instants = firings(rule);
    const auto after = std::ranges::upper_bound(instants, until);
    return after == instants.begin() ? std::nullopt : std::optional(*(after - 1));
}

std::span<const std::int64_t> AccountMachine::firings(std::uint32_t rule) const {
    const auto found = std::ranges::find(rules_, rule, &RuleState::rule);
    return found == rules_.end() ? std::span<const std::int64_t>{} : found->fired;
}

std::size_t AccountMachine::remembered() const {
    std::size_t sum = 0;
    for (const RuleState& rule : rules_)
        for (const VersionState& version : rule.versions)
            sum += version.machine.remembered();
    return sum;
}

void AccountMachine::expire(std::int64_t instant, Surroundings& surroundings) {
    for (RuleState& rule : rules_)
        for (VersionState& version : rule.versions)
            version.machine.expire(instant, surroundings);
}

} // namespace rulebook::trigger
