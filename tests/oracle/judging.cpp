#include "tests/oracle/judging.hpp"

#include <algorithm>

#include "runtime/value/digest.hpp"
#include "tests/oracle/occasions.hpp"

namespace rulebook::oracle {

namespace {

// The first 8 bytes, big-endian, of SHA-256(salt, byte 0, key) < share × 2^64.
bool is_control(const plan::ControlGroup& group, const std::string& key) {
    const Digest digest = sha256(group.salt + std::string(1, '\0') + key);
    __extension__ using Wide = unsigned __int128;
    Wide u = 0;
    for (std::size_t i = 0; i < 8; ++i)
        u = u * 256 + digest[i];
    constexpr int kMillion = 1'000'000;
    return u * kMillion < static_cast<Wide>(group.share) << 64U;
}

// How many lie in (now - length, now].
std::int64_t in_last(const std::vector<std::int64_t>& instants, std::int64_t length,
                     std::int64_t now) {
    return std::ranges::count_if(instants, [&](std::int64_t at) { return now - at < length; });
}

} // namespace

std::vector<Outcome> Judging::judge(std::vector<Outcome> candidates) {
    std::ranges::sort(candidates, {},
                      [&](const Outcome& candidate) { return place_in_policy(candidate); });
    for (Outcome& outcome : candidates) {
        if (outcome.cause == Cause::Fired) // else it is not in force, or before the origin
            outcome.cause = judged(outcome);
        const plan::NodeId say = plan_.triggers[outcome.version].say;
        if (counts(outcome.cause) && say != plan::kNoNode) {
            const plan::Value message = value(say, outcome);
            outcome.message = message.known() ? message.text() : std::string();
        }
        outcomes_.push_back(outcome);
    }
    return candidates;
}

template <class Test>
std::vector<std::int64_t> Judging::instants_that_count(Test test) const {
    std::vector<std::int64_t> instants;
    for (const Outcome& past : outcomes_)
        if (counts(past.cause) && test(past))
            instants.push_back(past.instant);
    return instants;
}

// Triggers of one policy compete in the order of `prefer`, then by name.
Judging::Place Judging::place_in_policy(const Outcome& outcome) const {
    const auto policy = plan_.triggers[outcome.version].policy;
    if (!policy)
        return {0, 0, ""};
    const auto& prefer = plan_.policies[*policy].prefer;
    const auto place = std::ranges::find(prefer, outcome.rule) - prefer.begin();
    return {*policy + 1, static_cast<std::size_t>(place), plan_.rules[outcome.rule].name};
}

Cause Judging::judged(const Outcome& outcome) {
    const plan::Trigger& trigger = plan_.triggers[outcome.version];
    const std::int64_t now = outcome.instant;
    if (trigger.when != plan::kNoNode) {
        const plan::Value when = value(trigger.when, outcome);
        if (!when.known())
            return Cause::WhenUnknown;
        if (when.is_false())
            return Cause::WhenFalse;
    }
    if (const auto stop = first_stop(trigger.unless, outcome))
        return *stop ? Cause::UnlessTrue : Cause::UnlessUnknown;
    const auto same_trigger = [&](const Outcome& past) { return past.rule == outcome.rule; };
    const auto counted = instants_that_count(same_trigger);
    if (trigger.once && !counted.empty())
        return Cause::Once;
    for (const plan::AtMost& limit : trigger.at_most)
        if (in_last(counted, limit.per, now) >= limit.count)
            return Cause::AtMost;
    if (trigger.cooldown && in_last(counted, *trigger.cooldown, now) > 0)
        return Cause::Cooldown;
    if (trigger.policy) {
        const plan::Policy& policy = plan_.policies[*trigger.policy];
        if (const auto stop = first_stop(policy.suppress, outcome))
            return *stop ? Cause::PolicySuppresses : Cause::PolicyUnknown;
        const auto of_policy = instants_that_count([&](const Outcome& past) {
            return plan_.triggers[past.version].policy == trigger.policy;
        });
        const bool exempt = std::ranges::count(policy.exempt, outcome.rule) > 0;
        for (const plan::AtMost& limit : policy.limits)
            if (!exempt && in_last(of_policy, limit.per, now) >= limit.count)
                return Cause::PolicyLimit;
        if (policy.control && is_control(*policy.control, key_))
            return Cause::ControlGroup;
    }
    return trigger.control && is_control(*trigger.control, key_) ? Cause::ControlGroup
                                                                 : Cause::Fired;
}

// The first that is not false: whether it is known.
std::optional<bool> Judging::first_stop(const std::vector<plan::Stopper>& stoppers,
                                        const Outcome& outcome) {
    for (const plan::Stopper& stopper : stoppers) {
        const plan::Value stop = value(stopper.when, outcome);
        if (!stop.is_false())
            return stop.known();
    }
    return std::nullopt;
}

// With the completing record in its frame, and what fired before the instant.
plan::Value Judging::value(plan::NodeId node, const Outcome& outcome) {
    std::vector<interpret::Record> frames;
    for (const plan::EntityIndex entity : plan_.triggers[outcome.version].completing)
        frames.push_back(outcome.completing && outcome.completing->entity == entity
                             ? *outcome.completing
                             : interpret::Record{interpret::kNoRecord, 0});
    const auto fired = fired_before(outcome.instant, outcomes_);
    return history_.value(node, outcome.instant, frames, &fired);
}

} // namespace rulebook::oracle
