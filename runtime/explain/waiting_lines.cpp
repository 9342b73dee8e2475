#include "runtime/explain/waiting_lines.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/explain/pattern_words.hpp"
#include "runtime/explain/reads.hpp"
#include "runtime/explain/subject.hpp"
#include "runtime/explain/thresholds.hpp"

namespace rulebook::explain {

using plan::On;
using trigger::SeenEvent;
using trigger::StandingChange;

std::string WaitingLines::time(std::int64_t instant) const {
    return time_text(evaluator_.zone(), instant);
}

Line WaitingLines::line(LineKind kind, std::uint32_t version, std::string text) const {
    Line made = Subject::line(kind, plan_.triggers[version].on_note, "");
    made.text = std::move(text);
    return made;
}

interpret::RowContext WaitingLines::row() const {
    interpret::RowContext row;
    row.instant = as_of_;
    row.frames = {&root_, 1};
    return row;
}

void WaitingLines::add(std::uint32_t rule, std::vector<Line>& lines) {
    const auto& versions = plan_.rules[rule].versions;
    for (const std::uint32_t version : versions)
        add_closed_waits(version, lines);
    const auto in_force = std::ranges::find_if(versions, [&](std::uint32_t version) {
        return plan_.triggers[version].effective.contains(as_of_);
    });
    if (in_force != versions.end())
        return add_version(rule, *in_force, lines);
    lines.push_back(line(LineKind::Waiting, versions.front(),
                         fmt::format("no version is in force at {}", time(as_of_))));
    for (const std::uint32_t version : versions) {
        const plan::Effective& effective = plan_.triggers[version].effective;
        if (effective.from)
            lines.back().remarks.push_back("one is from " + time(*effective.from));
        if (effective.until)
            lines.back().remarks.push_back("one was until " + time(*effective.until));
    }
}

void WaitingLines::add_version(std::uint32_t rule, std::uint32_t version,
                               std::vector<Line>& lines) {
    const On& on = plan_.triggers[version].on;
    if (lacks_origin(on, lines, version))
        return;
    switch (on.kind) {
    case On::Kind::Pattern:
        return add_pattern(rule, version, lines);
    case On::Kind::Without:
        return add_wait(version, lines);
    case On::Kind::Silence:
        return add_silence(version, lines);
    case On::Kind::Clock:
        return add_clock(version, lines);
    case On::Kind::Becomes:
        return add_condition(version, lines);
    }
}

bool WaitingLines::lacks_origin(const On& on, std::vector<Line>& lines,
                                std::uint32_t version) const {
    if (on.kind != On::Kind::Silence && on.kind != On::Kind::Becomes)
        return false;
    const auto origin = triggers_.origin();
    if (origin && *origin <= as_of_)
        return false;
    const auto field = plan_.schema.root_entity().origin_field();
    const std::string name =
        field ? plan_.schema.root_entity().fields[*field].name : std::string("an origin");
    const std::string& about = plan_.schema.root_entity().name;
    lines.push_back(
        line(LineKind::Waiting, version,
             origin ? fmt::format("it waits from the {}'s {} on: {}", about, name, time(*origin))
                    : fmt::format("the {} has no {}: nothing is waited for", about, name)));
    return true;
}

std::vector<StandingChange> WaitingLines::standings_of(std::uint32_t version) const {
    std::vector<StandingChange> changes;
    std::ranges::copy_if(
        history_.standings, std::back_inserter(changes),
        [version](const StandingChange& change) { return change.version == version; });
    return changes;
}

std::vector<SeenEvent> WaitingLines::events_after(std::optional<std::int64_t> instant) const {
    std::vector<SeenEvent> events;
    std::ranges::copy_if(history_.events, std::back_inserter(events), [&](const SeenEvent& event) {
        return !instant || event.instant > *instant;
    });
    return events;
}

// Those of the signals that came at the instant.
std::string WaitingLines::signals_at(const std::vector<std::uint32_t>& signals,
                                     std::int64_t instant) const {
    std::vector<std::uint32_t> there;
    for (const std::uint32_t signal : signals)
        if (std::ranges::any_of(history_.events, [&](const SeenEvent& event) {
                return event.instant == instant &&
                       std::ranges::binary_search(event.signals, signal);
            }))
            there.push_back(signal);
    return names(plan_, there);
}

// ---- patterns

// Nothing where a candidate shows that the pattern was complete since the last firing.
void WaitingLines::add_pattern(std::uint32_t rule, std::uint32_t version,
                               std::vector<Line>& lines) {
    std::optional<std::int64_t> consumed;
    trigger::Status status = trigger::Status::Fired;
    for (const trigger::Candidate& candidate : triggers_.candidates())
        if (candidate.rule == rule && candidate.status() != trigger::Status::None) {
            consumed = candidate.instant;
            status = candidate.status();
        }
    add_progress(version, consumed,
                 status == trigger::Status::Suppressed ? "suppressed firing" : "firing", lines);
}

void WaitingLines::add_progress(std::uint32_t version, std::optional<std::int64_t> after,
                                std::string_view since, std::vector<Line>& lines) {
    const auto events = events_after(after);
    const Patterns& pattern = plan_.triggers[version].on.patterns;
    if (!completions(triggers_, pattern, events).empty())
        return;
    lines.push_back(line(LineKind::Waiting, version,
                         after ? fmt::format("not complete since the {} at {}, which used up what "
                                             "came before",
                                             since, time(*after))
                               : std::string("not complete")));
    lines.back().remarks.push_back(words(plan_, pattern));
    for (std::string& each : progress_of(triggers_, plan_, pattern, events, as_of_).words)
        lines.back().remarks.push_back(std::move(each));
}

// ---- P without B within D

// Waits that a B ended. Those that passed are candidates.
void WaitingLines::add_closed_waits(std::uint32_t version, std::vector<Line>& lines) {
    const On& on = plan_.triggers[version].on;
    if (on.kind != On::Kind::Without)
        return;
    std::optional<trigger::Standing> open;
    for (const StandingChange& change : standings_of(version)) {
        const bool closed =
            open && open->due && change.instant <= *open->due &&
            !signals_at(on.absent, change.instant).empty() &&
            std::ranges::none_of(triggers_.candidates(), [&](const trigger::Candidate& candidate) {
                return candidate.version == version && candidate.instant == change.instant;
            });
        if (closed) {
            lines.push_back(line(LineKind::Waiting, version,
                                 fmt::format("{}: closed by {}", time(change.instant),
                                             signals_at(on.absent, change.instant))));
            lines.back().remarks.push_back(
                fmt::format("waited from {} until {}", time(open->since), time(*open->due)));
            if (const std::string opening = signals_at(signals_in(on.patterns), change.instant);
                !opening.empty() && change.instant > open->since)
                lines.back().remarks.push_back(opening +
                                               " at that instant belongs to the wait that ended, "
                                               "and opens none");
        }
        open = change.standing;
    }
}

void WaitingLines::add_wait(std::uint32_t version, std::vector<Line>& lines) {
    const auto changes = standings_of(version);
    if (!changes.empty() && changes.back().standing)
        return; // it is pending
    std::optional<std::int64_t> ended;
    if (!changes.empty())
        ended = changes.back().instant;
    add_progress(version, ended, "end of the last wait", lines);
}

// ---- no A for D

void WaitingLines::add_silence(std::uint32_t version, std::vector<Line>& lines) {
    const On& on = plan_.triggers[version].on;
    std::optional<trigger::Standing> now;
    std::int64_t longest = -1;
    trigger::Standing longest_from;
    std::int64_t longest_to = 0;
    std::optional<std::int64_t> at_deadline; // the last A that came just then
    for (const StandingChange& change : standings_of(version)) {
        if (now && change.standing && change.standing->since != now->since &&
            change.standing->since - now->since > longest) {
            longest = change.standing->since - now->since;
            longest_from = *now;
            longest_to = change.standing->since;
        }
        if (now && now->due && change.standing && change.standing->since == *now->due)
            at_deadline = now->due;
        now = change.standing;
    }
    if (!now)
        return;
    Line made = line(LineKind::Waiting, version,
                     fmt::format("no {} since {}", names(plan_, on.absent), time(now->since)));
    if (!now->due)
        made.remarks.push_back("once per silence: the next one begins with the next " +
                               names(plan_, on.absent));
    if (longest >= 0)
        made.remarks.push_back(fmt::format("the longest silence that ended: {}, from {} to {}",
                                           duration_words(longest), time(longest_from.since),
                                           time(longest_to)));
    if (at_deadline)
        made.remarks.push_back(fmt::format("{} at {}, the deadline itself: a new silence began "
                                           "there, and nothing fired",
                                           names(plan_, on.absent), time(*at_deadline)));
    lines.push_back(std::move(made));
}

// ---- clocks

void WaitingLines::add_clock(std::uint32_t version, std::vector<Line>& lines) {
    const On& on = plan_.triggers[version].on;
    const auto changes = standings_of(version);
    if (!changes.empty() && changes.back().standing)
        return; // it is pending
    Line made = line(LineKind::Waiting, version, "nothing is due");
    made.seen = seen_by(evaluator_, on.clock, row());
    const plan::Value value = evaluator_.evaluate(on.clock, row());
    if (value.known() && on.offset != 0)
        made.remarks.push_back(fmt::format("{} {} it", duration_words(std::abs(on.offset)),
                                           on.offset < 0 ? "before" : "after"));
    lines.push_back(std::move(made));
}

// ---- becomes C

// The truth is what the machine saw when it last looked; what it saw is told as of now.
void WaitingLines::add_condition(std::uint32_t version, std::vector<Line>& lines) {
    const On& on = plan_.triggers[version].on;
    const auto changes = standings_of(version);
    if (changes.empty() || !changes.back().standing)
        return;
    const bool truth = changes.back().standing->truth;
    std::int64_t since = changes.front().instant;
    for (std::size_t i = 1; i < changes.size(); ++i)
        if (changes[i].standing->truth != changes[i - 1].standing->truth)
            since = changes[i].instant;
    Line made = line(LineKind::Waiting, version,
                     fmt::format("not {} since {}: {}", truth ? "false" : "true", time(since),
                                 label_of(plan_, on.condition)));
    made.seen = seen_by(evaluator_, on.condition, row());
    if (!truth)
        for (const Line& needed : thresholds(evaluator_, on.condition, row(), true))
            made.remarks.push_back(needed.text);
    else if (!changes.back().standing->due)
        made.remarks.push_back("it fires again only after it was not true");
    lines.push_back(std::move(made));
}

} // namespace rulebook::explain
