#include "runtime/explain/candidate_lines.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/explain/pattern_words.hpp"
#include "runtime/explain/reads.hpp"
#include "runtime/explain/subject.hpp"
#include "runtime/explain/thresholds.hpp"
#include "runtime/trigger/cause_text.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::explain {

using trigger::Candidate;
using trigger::Verdict;

namespace {

constexpr std::size_t kMostEvents = 8; // that a line names

} // namespace

std::string CandidateLines::time(std::int64_t instant) const {
    return time_text(evaluator_.zone(), instant);
}

void CandidateLines::add(const Candidate& candidate, std::vector<Line>& lines) {
    const plan::Trigger& trigger = evaluator_.plan().triggers[candidate.version];
    lines.push_back(outcome(candidate, trigger));
    if (trigger.when != plan::kNoNode && candidate.verdict != Verdict::NotInForce &&
        candidate.verdict != Verdict::BeforeOrigin)
        lines.push_back(condition(LineKind::When, trigger.when, trigger.when_note, candidate.when,
                                  true, candidate));
    add_stoppers(LineKind::Unless, trigger.unless, candidate.unless, candidate, lines);
    if (trigger.policy)
        add_stoppers(LineKind::Suppress, evaluator_.plan().policies[*trigger.policy].suppress,
                     candidate.suppress, candidate, lines);
}

Line CandidateLines::outcome(const Candidate& candidate, const plan::Trigger& trigger) const {
    Line line = Subject::line(LineKind::Candidate, trigger.on_note, "");
    line.decides = candidate.status() == trigger::Status::Fired;
    const std::string_view status = trigger::spelling(candidate.status());
    const std::string cause = trigger::cause_text(evaluator_.plan(), candidate);
    line.text =
        fmt::format("{}: {}{}{}", time(candidate.instant), status.empty() ? "no firing" : status,
                    cause.empty() ? "" : ", ", cause);
    line.remarks.push_back(trigger.on_note.text);
    if (candidate.start != candidate.instant)
        line.remarks.push_back("from " + time(candidate.start));
    add_events(candidate, trigger, line);
    add_version(candidate, line);
    add_rhythm(candidate, trigger, line);
    if (!candidate.message.empty())
        line.remarks.push_back("says: " + candidate.message);
    return line;
}

// The events of the pattern's signals from the start of the match to its end. (Not all of them need
// be part of the match.)
void CandidateLines::add_events(const Candidate& candidate, const plan::Trigger& trigger,
                                Line& line) const {
    const auto signals = signals_in(trigger.on.patterns);
    std::size_t named = 0;
    for (const trigger::SeenEvent& event : history_.events) {
        if (event.instant < candidate.start || event.instant > candidate.instant)
            continue;
        std::vector<std::uint32_t> borne;
        std::ranges::set_intersection(event.signals, signals, std::back_inserter(borne));
        if (borne.empty())
            continue;
        if (trigger.on.kind == plan::On::Kind::Without && event.instant == candidate.instant)
            line.remarks.push_back(
                fmt::format("{} at {}, the deadline itself: it belongs to no wait and opens none",
                            names(evaluator_.plan(), borne), time(event.instant)));
        else if (++named <= kMostEvents)
            line.remarks.push_back(
                fmt::format("{} at {}", names(evaluator_.plan(), borne), time(event.instant)));
    }
    if (named > kMostEvents)
        line.remarks.push_back(fmt::format("and {} more events", named - kMostEvents));
}

void CandidateLines::add_version(const Candidate& candidate, Line& line) const {
    if (candidate.verdict != Verdict::NotInForce)
        return;
    const auto& plan = evaluator_.plan();
    for (const std::uint32_t version : plan.rules[candidate.rule].versions) {
        const plan::Effective& effective = plan.triggers[version].effective;
        line.remarks.push_back(fmt::format(
            "a version is in force{}{}", effective.from ? " from " + time(*effective.from) : "",
            effective.until ? " until " + time(*effective.until) : ""));
    }
}

// Firings that count and were judged before the candidate, ascending: of its trigger, or of the
// triggers of a policy.
std::vector<const Candidate*>
CandidateLines::counted_before(const Candidate& candidate,
                               std::optional<std::uint32_t> policy) const {
    std::vector<const Candidate*> counted;
    for (const Candidate& other : triggers_.candidates()) {
        const bool same = policy ? evaluator_.plan().triggers[other.version].policy == policy
                                 : other.rule == candidate.rule;
        const bool before = other.instant < candidate.instant ||
                            (policy && other.instant == candidate.instant && &other != &candidate);
        if (same && before && trigger::counts(other.status()))
            counted.push_back(&other);
    }
    return counted;
}

// Which earlier firings hold it back, and until when.
void CandidateLines::add_rhythm(const Candidate& candidate, const plan::Trigger& trigger,
                                Line& line) const {
    const auto& plan = evaluator_.plan();
    if (candidate.last_counted) {
        const auto counted = counted_before(
            candidate, candidate.verdict == Verdict::PolicyLimit ? trigger.policy : std::nullopt);
        const auto last = std::ranges::find_if(counted, [&](const Candidate* other) {
            return other->instant == *candidate.last_counted;
        });
        const bool control = last != counted.end() && (*last)->status() == trigger::Status::Control;
        line.remarks.push_back(
            fmt::format("{} {} last at {}",
                        candidate.verdict == Verdict::PolicyLimit && last != counted.end()
                            ? plan.rules[(*last)->rule].name
                            : "it",
                        control ? "would have fired, but for the control group," : "fired",
                        time(*candidate.last_counted)));
    }
    if (candidate.verdict == Verdict::Cooldown && candidate.last_counted)
        if (const auto end = checked_add(*candidate.last_counted, *trigger.cooldown))
            line.remarks.push_back("the cooldown ends at " + time(*end));
    if (!candidate.limit)
        return;
    const bool of_policy = candidate.verdict == Verdict::PolicyLimit;
    const plan::AtMost& limit = of_policy ? plan.policies[*trigger.policy].limits[*candidate.limit]
                                          : trigger.at_most[*candidate.limit];
    const auto counted = counted_before(candidate, of_policy ? trigger.policy : std::nullopt);
    if (counted.size() < static_cast<std::size_t>(limit.count))
        return;
    const Candidate& oldest = *counted[counted.size() - static_cast<std::size_t>(limit.count)];
    if (const auto end = checked_add(oldest.instant, limit.per))
        line.remarks.push_back(
            fmt::format("already {} of at most {} per {}: used up at least until {}", limit.count,
                        limit.count, duration_words(limit.per), time(*end)));
}

// As far as they were judged.
void CandidateLines::add_stoppers(LineKind kind, const std::vector<plan::Stopper>& stoppers,
                                  const std::vector<plan::Value>& judged,
                                  const Candidate& candidate, std::vector<Line>& lines) {
    for (std::size_t i = 0; i < judged.size(); ++i) {
        lines.push_back(
            condition(kind, stoppers[i].when, stoppers[i].note, judged[i], false, candidate));
        lines.back().because = stoppers[i].because;
    }
}

Line CandidateLines::condition(LineKind kind, plan::NodeId node, const plan::SourceNote& note,
                               const plan::Value& truth, bool wanted, const Candidate& candidate) {
    Line line = Subject::line(kind, note, "");
    line.truth = truth_of(truth);
    line.cause = cause_of(evaluator_.plan(), truth);
    const interpret::RowContext row = triggers_.row_of(candidate);
    line.seen = seen_by(evaluator_, node, row);
    if (truth.known() && truth.boolean() == wanted)
        return line;
    for (const Line& needed : thresholds(evaluator_, node, row, wanted))
        line.remarks.push_back(needed.text);
    return line;
}

} // namespace rulebook::explain
