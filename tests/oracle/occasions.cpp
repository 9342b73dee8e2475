#include "tests/oracle/occasions.hpp"

#include <algorithm>
#include <set>

namespace rulebook::oracle {

namespace {

// Every multiple of the step from `from` to as_of, and the microseconds after it.
std::vector<std::int64_t> every_instant(std::int64_t from, const Question& question) {
    std::vector<std::int64_t> all;
    for (std::int64_t at = from; at <= question.as_of; at += question.step)
        for (std::int64_t more = 0; more <= question.microseconds; ++more)
            if (at + more <= question.as_of)
                all.push_back(at + more);
    return all;
}

void add(Occasions& found, const Question& question, const Occurrence& occurrence) {
    if (occurrence.instant <= question.as_of)
        found.occurrences.push_back(occurrence);
    else
        found.pending = occurrence.instant;
}

// `no A for D`: from the origin and from every A on, unless an A comes up to the deadline.
Occasions silences(const History& history, const Lengths& lengths, const plan::On& on,
                   const Question& question) {
    const auto origin = history.origin();
    if (!origin)
        return {};
    std::set<std::int64_t> absent;
    for (const Event& event : history.events())
        if (std::ranges::any_of(on.absent, [&](std::uint32_t a) { return event.is(a); }))
            absent.insert(event.time);
    std::set<std::int64_t> openings{*origin};
    for (const std::int64_t time : absent)
        if (time >= *origin)
            openings.insert(time);
    Occasions found;
    for (const std::int64_t opening : openings) {
        const auto deadline = lengths.deadline(on.wait, opening);
        const auto next = absent.upper_bound(opening);
        if (deadline && (next == absent.end() || *next > *deadline))
            add(found, question, {*deadline, opening, Occasion::Deadline});
    }
    return found;
}

// At every instant t at which the value seen at t, with the offset, is t.
Occasions clocks(History& history, const plan::On& on, const Question& question) {
    Occasions found;
    const auto due = [&](std::int64_t instant) {
        const plan::Value value = history.value(on.clock, instant);
        return value.known() ? std::optional(value.integer() + on.offset) : std::nullopt;
    };
    for (const std::int64_t at : every_instant(history.origin().value_or(question.from), question))
        if (due(at) == at)
            add(found, question, {at, at, Occasion::Deadline});
    const auto next = due(question.as_of);
    if (next && *next > question.as_of && *next >= history.origin().value_or(*next))
        found.pending = next;
    return found;
}

// The instants at which a condition is looked at.
std::vector<std::int64_t> watch_instants(const History& history, const Question& question,
                                         bool continuous) {
    auto every = every_instant(history.origin().value_or(question.from), question);
    if (!continuous)
        return every;
    const auto changes = history.changes();
    std::vector<std::int64_t> watched;
    for (const std::int64_t at : every) {
        const auto day = time::start_of_day(history.zone(), time::date_of(history.zone(), {at}));
        if (at == every.front() || day.microseconds == at ||
            std::ranges::binary_search(changes, at))
            watched.push_back(at);
    }
    return watched;
}

// `becomes C`, `becomes C lasting D`.
Occasions edges(History& history, const plan::On& on, const Question& question, bool continuous,
                const std::vector<Outcome>& outcomes) {
    Occasions found;
    if (!history.origin() || *history.origin() > question.as_of)
        return found;
    std::optional<std::int64_t> edge; // since when it has been true
    bool spent = false;               // there was a candidate for this edge
    for (const std::int64_t at : watch_instants(history, question, continuous)) {
        const auto fired = fired_before(at, outcomes);
        const bool is_true = history.value(on.condition, at, {}, &fired).is_true();
        // While the condition was looked at and found true up to here, the time passed.
        if (edge && !spent && on.lasting && *edge + *on.lasting < at) {
            add(found, question, {*edge + *on.lasting, *edge, Occasion::Edge});
            spent = true;
        }
        if (!is_true) {
            edge.reset();
        } else if (!edge) {
            edge = at;
            spent = false;
        }
        if (edge && !spent && at == *edge + on.lasting.value_or(0)) {
            add(found, question, {at, *edge, Occasion::Edge});
            spent = true;
        }
    }
    if (edge && !spent)
        add(found, question, {*edge + on.lasting.value_or(0), *edge, Occasion::Edge});
    return found;
}

} // namespace

interpret::FiredLookup fired_before(std::int64_t instant, const std::vector<Outcome>& outcomes) {
    return [instant, &outcomes](std::uint32_t rule, std::int64_t until) {
        std::optional<std::int64_t> last;
        for (const Outcome& past : outcomes)
            if (past.rule == rule && past.cause == Cause::Fired && past.instant < instant &&
                past.instant <= until && past.instant >= last.value_or(past.instant))
                last = past.instant;
        return last;
    };
}

Occasions occasions(History& history, const Lengths& lengths, const plan::On& on,
                    const Question& question, bool continuous, const std::vector<Outcome>& fired) {
    switch (on.kind) {
    case plan::On::Kind::Silence:
        return silences(history, lengths, on, question);
    case plan::On::Kind::Clock:
        return clocks(history, on, question);
    case plan::On::Kind::Becomes:
        return edges(history, on, question, continuous, fired);
    case plan::On::Kind::Pattern:
    case plan::On::Kind::Without:
        break;
    }
    return {};
}

} // namespace rulebook::oracle
