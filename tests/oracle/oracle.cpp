#include "tests/oracle/oracle.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "tests/oracle/history.hpp"
#include "tests/oracle/judging.hpp"
#include "tests/oracle/matches.hpp"
#include "tests/oracle/occasions.hpp"

namespace rulebook::oracle {

std::string_view name(Cause cause) {
    static constexpr std::string_view kNames[] = {
        "NotInForce",    "BeforeOrigin", "WhenFalse",    "WhenUnknown", "UnlessTrue",
        "UnlessUnknown", "Once",         "AtMost",       "Cooldown",    "PolicySuppresses",
        "PolicyUnknown", "PolicyLimit",  "ControlGroup", "Fired"};
    return kNames[static_cast<std::size_t>(cause)];
}

bool is_firing(Cause cause) {
    return cause != Cause::NotInForce && cause != Cause::BeforeOrigin &&
           cause != Cause::WhenFalse && cause != Cause::WhenUnknown;
}

bool counts(Cause cause) {
    return cause == Cause::ControlGroup || cause == Cause::Fired;
}

namespace {

using Instant = std::int64_t;

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
          history_(prepared, dataset, root, question.as_of), lengths_{history_, question.step},
          judging_(history_, dataset.key_text(plan.schema.root, root)) {
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
        answer_.outcomes = judging_.outcomes();
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

    // ---- what becomes of them

    void handle(Instant instant) {
        std::vector<Outcome> candidates;
        for (Rule& rule : rules_)
            if (auto candidate = candidate_of(rule, instant))
                candidates.push_back(*candidate);
        for (const Outcome& outcome : judging_.judge(candidates))
            if (is_firing(outcome.cause))
                std::ranges::find(rules_, outcome.rule, &Rule::index)->consumed = instant;
    }

    // Of the version in force; where none is, of some other, for the record.
    std::optional<Outcome> candidate_of(Rule& rule, Instant instant) {
        const auto origin = history_.origin();
        const Cause unjudged = origin && instant < *origin ? Cause::BeforeOrigin : Cause::Fired;
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
                       holds ? unjudged : Cause::NotInForce,
                       {}};
            if (found->completing)
                outcome.completing = history_.events()[*found->completing].record;
        }
        return some_in_force ? in_force : other;
    }

    const plan::Plan& plan_;
    const Question& question_;
    const std::vector<Outcome>& fired_; // as `becomes` sees it
    History history_;
    Lengths lengths_;
    Judging judging_;
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
