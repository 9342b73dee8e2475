#include "tests/oracle/oracle.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>

#include "runtime/value/digest.hpp"
#include "tests/oracle/history.hpp"
#include "tests/oracle/matches.hpp"
#include "tests/oracle/occasions.hpp"

namespace rulebook::oracle {

std::string_view name(Cause cause) {
    static constexpr std::string_view kNames[] = {
        "NotInForce",  "WhenFalse",    "WhenUnknown", "UnlessTrue",       "UnlessUnknown",
        "Once",        "AtMost",       "Cooldown",    "PolicySuppresses", "PolicyUnknown",
        "PolicyLimit", "ControlGroup", "Fired"};
    return kNames[static_cast<std::size_t>(cause)];
}

bool is_firing(Cause cause) {
    return cause != Cause::NotInForce && cause != Cause::WhenFalse && cause != Cause::WhenUnknown;
}

bool counts(Cause cause) {
    return cause == Cause::ControlGroup || cause == Cause::Fired;
}

namespace {

using Instant = std::int64_t;

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

// What one version waits for.
struct Version {
    std::uint32_t index; // in Plan::triggers
    Matches matches;
    Occasions occasions;

    struct Wait {
        Instant opening;
        Instant deadline;
        Completion completion;
    };
    std::optional<Wait> wait{};     // the open one
    std::optional<Instant> ended{}; // when the last one did
};

struct Rule {
    std::uint32_t index; // in Plan::rules
    std::vector<Version> versions{};
    std::optional<Instant> consumed{}; // all events up to then
};

class Run {
public:
    Run(const plan::Plan& plan, const interpret::PreparedPlan& prepared,
        const data::Dataset& dataset, interpret::RowIndex root, const Question& question,
        const std::vector<Outcome>& fired)
        : plan_(plan), question_(question), fired_(fired),
          key_(dataset.key_text(plan.schema.root, root)),
          history_(prepared, dataset, root, question.as_of), lengths_{history_, question.step} {
        for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule) {
            if (plan.rules[rule].kind != plan::RuleKind::Trigger)
                continue;
            rules_.push_back({rule});
            for (const std::uint32_t version : plan.rules[rule].versions)
                rules_.back().versions.push_back(made_ready(version));
        }
    }

    Answer answer() {
        for (const Event& event : history_.events())
            instants_.insert(event.time);
        for (const Rule& rule : rules_)
            for (const Version& version : rule.versions)
                for (const Occurrence& each : version.occasions.occurrences)
                    instants_.insert(each.instant);
        // Waits that open add their deadlines.
        for (auto at = instants_.begin(); at != instants_.end(); ++at)
            handle(*at);
        for (const Rule& rule : rules_)
            for (const Version& version : rule.versions)
                if (const auto instant = pending(version);
                    instant && plan_.triggers[version.index].effective.contains(*instant))
                    answer_.pending.push_back({rule.index, version.index, *instant});
        std::ranges::sort(answer_.outcomes, {}, [](const Outcome& outcome) {
            return std::pair(outcome.instant, outcome.rule);
        });
        return std::move(answer_);
    }

private:
    Version made_ready(std::uint32_t index) {
        const plan::On& on = plan_.triggers[index].on;
        return {index, Matches(lengths_, on.patterns),
                occasions(history_, lengths_, on, question_, question_.continuous.contains(index),
                          fired_)};
    }

    // ---- where candidates arise

    std::optional<Occurrence> occurrence(const Rule& rule, Version& version, Instant instant) {
        const plan::On& on = plan_.triggers[version.index].on;
        switch (on.kind) {
        case plan::On::Kind::Pattern:
            if (const auto completion = version.matches.completion(instant, rule.consumed))
                return Occurrence{instant, completion->start, Occasion::Event,
                                  completion->completing};
            return std::nullopt;
        case plan::On::Kind::Without:
            return passed_wait(rule, version, instant);
        case plan::On::Kind::Silence:
        case plan::On::Kind::Clock:
        case plan::On::Kind::Becomes:
            for (const Occurrence& each : version.occasions.occurrences)
                if (each.instant == instant)
                    return each;
            return std::nullopt;
        }
        throw std::logic_error("on");
    }

    // `P without B within D`: at one instant opens precede closes, and closes the deadline.
    std::optional<Occurrence> passed_wait(const Rule& rule, Version& version, Instant instant) {
        const plan::On& on = plan_.triggers[version.index].on;
        if (!version.wait) {
            const auto completion =
                version.matches.completion(instant, std::max(rule.consumed, version.ended));
            const auto deadline = completion ? lengths_.deadline(on.wait, instant) : std::nullopt;
            if (!deadline)
                return std::nullopt;
            version.wait = {instant, *deadline, *completion};
            if (*deadline <= question_.as_of)
                instants_.insert(*deadline);
        }
        const Version::Wait wait = *version.wait;
        if (closes(on, wait, instant)) {
            ++answer_.waits_closed;
            version.wait.reset();
            version.ended = instant;
            return std::nullopt;
        }
        if (instant < wait.deadline)
            return std::nullopt;
        ++answer_.waits_passed;
        version.wait.reset();
        version.ended = instant;
        return Occurrence{instant, wait.completion.start, Occasion::Deadline,
                          wait.completion.completing};
    }

    // Whether an event of the instant is one that was waited for, in time. One at the opening comes
    // after P's last event, unless sequences say that it does not.
    bool closes(const plan::On& on, const Version::Wait& wait, Instant instant) const {
        const Event& completing = history_.events()[wait.completion.completing];
        return std::ranges::any_of(history_.events(), [&](const Event& event) {
            if (event.time != instant || !Lengths::inside(on.wait, instant, wait.deadline) ||
                std::ranges::none_of(on.absent, [&](std::uint32_t b) { return event.is(b); }))
                return false;
            const bool ordered = instant == wait.opening &&
                                 event.record.entity == completing.record.entity &&
                                 event.sequence && completing.sequence;
            return !ordered || *event.sequence > *completing.sequence;
        });
    }

    static std::optional<Instant> pending(const Version& version) {
        return version.wait ? version.wait->deadline : version.occasions.pending;
    }

    // ---- from candidate to firing

    void handle(Instant instant) {
        std::vector<std::pair<Rule*, Outcome>> candidates;
        for (Rule& rule : rules_)
            if (auto candidate = candidate_of(rule, instant))
                candidates.emplace_back(&rule, *candidate);
        std::ranges::sort(candidates, {},
                          [&](const auto& candidate) { return place_in_policy(candidate.second); });
        for (auto& [rule, outcome] : candidates) {
            if (outcome.cause != Cause::NotInForce)
                outcome.cause = judged(outcome);
            const plan::NodeId say = plan_.triggers[outcome.version].say;
            if (counts(outcome.cause) && say != plan::kNoNode) {
                const plan::Value message = value(say, outcome);
                outcome.message = message.known() ? message.text() : std::string();
            }
            if (is_firing(outcome.cause))
                rule->consumed = instant;
            answer_.outcomes.push_back(outcome);
        }
    }

    // Of the version in force; where none is, of some other, for the record.
    std::optional<Outcome> candidate_of(Rule& rule, Instant instant) {
        std::optional<Outcome> in_force;
        std::optional<Outcome> other;
        bool some_in_force = false;
        for (Version& version : rule.versions) {
            const bool holds = plan_.triggers[version.index].effective.contains(instant);
            some_in_force = some_in_force || holds;
            const auto found = occurrence(rule, version, instant);
            if (!found)
                continue;
            Outcome& outcome = (holds ? in_force : other).emplace();
            outcome = {rule.index,
                       version.index,
                       instant,
                       found->start,
                       found->occasion,
                       {},
                       holds ? Cause::Fired : Cause::NotInForce,
                       {}};
            if (found->completing)
                outcome.completing = history_.events()[*found->completing].record;
        }
        return some_in_force ? in_force : other;
    }

    // Triggers of one policy compete in the order of `prefer`, then by name.
    std::tuple<std::uint32_t, std::size_t, std::string> place_in_policy(const Outcome& outcome) {
        const auto policy = plan_.triggers[outcome.version].policy;
        if (!policy)
            return {0, 0, ""};
        const auto& prefer = plan_.policies[*policy].prefer;
        const auto place = std::ranges::find(prefer, outcome.rule) - prefer.begin();
        return {*policy + 1, static_cast<std::size_t>(place), plan_.rules[outcome.rule].name};
    }

    Cause judged(const Outcome& outcome) {
        const plan::Trigger& trigger = plan_.triggers[outcome.version];
        const Instant now = outcome.instant;
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
    std::optional<bool> first_stop(const std::vector<plan::Stopper>& stoppers,
                                   const Outcome& outcome) {
        for (const plan::Stopper& stopper : stoppers) {
            const plan::Value stop = value(stopper.when, outcome);
            if (!stop.is_false())
                return stop.known();
        }
        return std::nullopt;
    }

    template <class Test>
    std::vector<Instant> instants_that_count(Test test) const {
        std::vector<Instant> instants;
        for (const Outcome& past : answer_.outcomes)
            if (counts(past.cause) && test(past))
                instants.push_back(past.instant);
        return instants;
    }

    // How many lie in (now - length, now].
    static std::int64_t in_last(const std::vector<Instant>& instants, std::int64_t length,
                                Instant now) {
        return std::ranges::count_if(instants, [&](Instant at) { return now - at < length; });
    }

    // With the completing record in its frame, and what fired before the instant.
    plan::Value value(plan::NodeId node, const Outcome& outcome) {
        std::vector<interpret::Record> frames;
        for (const plan::EntityIndex entity : plan_.triggers[outcome.version].completing)
            frames.push_back(outcome.completing && outcome.completing->entity == entity
                                 ? *outcome.completing
                                 : interpret::Record{interpret::kNoRecord, 0});
        const auto fired = fired_before(outcome.instant, answer_.outcomes);
        return history_.value(node, outcome.instant, frames, &fired);
    }

    const plan::Plan& plan_;
    const Question& question_;
    const std::vector<Outcome>& fired_; // as `becomes` sees it
    std::string key_;
    History history_;
    Lengths lengths_;
    std::vector<Rule> rules_;
    std::set<Instant> instants_; // to be handled
    Answer answer_;
};

} // namespace

Answer answer(const plan::Plan& plan, const data::Dataset& dataset, interpret::RowIndex root,
              const Question& question) {
    const auto prepared = interpret::PreparedPlan::prepare(plan);
    if (!prepared)
        throw std::logic_error(prepared.error().message);
    // A `becomes` may ask what fired, which is known when all is answered: it is answered again
    // with that. Triggers ask about earlier ones, so no more than a few rounds are needed.
    Answer found;
    for (std::size_t round = 0; round <= plan.rules.size() + 1; ++round) {
        Answer again = Run(plan, *prepared, dataset, root, question, found.outcomes).answer();
        if (again.outcomes == found.outcomes)
            return again;
        found = std::move(again);
    }
    throw std::logic_error("triggers that ask about each other");
}

} // namespace rulebook::oracle
