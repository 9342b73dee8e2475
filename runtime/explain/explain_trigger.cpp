#include "runtime/explain/explain_trigger.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "runtime/explain/reads.hpp"
#include "runtime/explain/subject.hpp"
#include "runtime/plan/roots.hpp"

namespace rulebook::explain {

namespace {

using trigger::Candidate;
using trigger::Verdict;

bool judged_when(Verdict verdict) {
    return verdict != Verdict::NotInForce;
}

bool judged_unless(Verdict verdict) {
    return judged_when(verdict) && verdict != Verdict::WhenFalse && verdict != Verdict::WhenUnknown;
}

class CandidateLines {
public:
    CandidateLines(interpret::Evaluator& evaluator, const trigger::AccountFirings& firings,
                   interpret::RowIndex root)
        : evaluator_(evaluator), root_{evaluator.plan().schema.root, root},
          fired_([&firings, this](std::uint32_t rule, std::optional<std::int64_t> since,
                                  std::int64_t until) {
              return firings.machine.fired(rule, since, std::min(until, instant_ - 1));
          }) {}
    CandidateLines(const CandidateLines&) = delete;
    CandidateLines& operator=(const CandidateLines&) = delete;

    void add(const Candidate& candidate, std::vector<Line>& lines) {
        const plan::Trigger& trigger = evaluator_.plan().triggers[candidate.version];
        instant_ = candidate.instant;
        lines.push_back(outcome(candidate, trigger.on_note));
        if (trigger.when != plan::kNoNode && judged_when(candidate.verdict))
            lines.push_back(condition(LineKind::When, trigger.when, trigger.when_note,
                                      candidate.when, candidate));
        if (judged_unless(candidate.verdict))
            for (std::size_t i = 0; i < candidate.unless.size(); ++i)
                lines.push_back(condition(LineKind::Unless, trigger.unless[i].when,
                                          trigger.unless[i].note, candidate.unless[i], candidate));
    }

private:
    static Line outcome(const Candidate& candidate, const plan::SourceNote& note) {
        Line line = Subject::line(LineKind::Candidate, note, "");
        line.decides = candidate.status() == trigger::Status::Fired;
        const std::string_view status = trigger::spelling(candidate.status());
        const std::string_view cause = trigger::words(candidate.verdict);
        line.text =
            fmt::format("{}: {}{}{}", time_text(candidate.instant),
                        status.empty() ? "no firing" : status, cause.empty() ? "" : ", ", cause);
        line.remarks.push_back(note.text);
        if (candidate.start != candidate.instant)
            line.remarks.push_back("from " + time_text(candidate.start));
        if (candidate.last_counted)
            line.remarks.push_back("fired last at " + time_text(*candidate.last_counted));
        if (!candidate.message.empty())
            line.remarks.push_back("says: " + candidate.message);
        return line;
    }

    Line condition(LineKind kind, plan::NodeId node, const plan::SourceNote& note,
                   const plan::Value& truth, const Candidate& candidate) {
        Line line = Subject::line(kind, note, "");
        line.truth = truth_of(truth);
        line.cause = cause_of(evaluator_.plan(), truth);
        const std::array<interpret::Record, 2> frames{root_, candidate.completing};
        interpret::RowContext row;
        row.instant = candidate.instant;
        row.frames = frames;
        row.fired = &fired_;
        line.seen = seen_by(evaluator_, node, row);
        return line;
    }

    interpret::Evaluator& evaluator_;
    interpret::Record root_;
    std::int64_t instant_ = 0;
    interpret::FiredLookup fired_; // before the candidate's own instant
};

// The signals that some version of the trigger waits for.
std::set<std::uint32_t> signals_of(const plan::Plan& plan, const plan::Rule& rule) {
    std::set<std::uint32_t> signals;
    for (const std::uint32_t version : rule.versions)
        for (const std::uint32_t signal : plan::signals_of(plan.triggers[version]))
            signals.insert(signal);
    return signals;
}

Named occurrences(const plan::Plan& plan, std::uint32_t signal,
                  const std::vector<trigger::SeenEvent>& events) {
    std::size_t count = 0;
    std::int64_t last = 0;
    for (const trigger::SeenEvent& seen : events) {
        if (!std::ranges::binary_search(seen.event.signals, signal))
            continue;
        ++count;
        last = seen.instant;
    }
    const std::string words = count == 0 ? "never"
                              : count == 1
                                  ? "once, at " + time_text(last)
                                  : fmt::format("{} times, last at {}", count, time_text(last));
    return {plan.signals[signal].name, words};
}

} // namespace

Explanation explain_trigger(interpret::Evaluator& evaluator, const trigger::AccountFirings& firings,
                            std::uint32_t rule, interpret::RowIndex root, std::int64_t as_of) {
    const plan::Plan& plan = evaluator.plan();
    Explanation explanation = Subject(evaluator, rule, root, as_of).begin();
    CandidateLines lines(evaluator, firings, root);
    std::size_t fired = 0;
    std::size_t suppressed = 0;
    for (const Candidate& candidate : firings.candidates) {
        if (candidate.rule != rule)
            continue;
        fired += candidate.status() == trigger::Status::Fired ? 1 : 0;
        suppressed += candidate.status() == trigger::Status::Suppressed ? 1 : 0;
        lines.add(candidate, explanation.lines);
    }
    explanation.results = {{"fired", std::to_string(fired)},
                           {"suppressed", std::to_string(suppressed)}};
    for (const std::uint32_t signal : signals_of(plan, plan.rules[rule]))
        explanation.results.push_back(occurrences(plan, signal, firings.events));
    return explanation;
}

} // namespace rulebook::explain
