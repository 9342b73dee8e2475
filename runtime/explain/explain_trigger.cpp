#include "runtime/explain/explain_trigger.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "runtime/explain/reads.hpp"
#include "runtime/explain/subject.hpp"
#include "runtime/plan/roots.hpp"
#include "runtime/trigger/cause_text.hpp"

namespace rulebook::explain {

namespace {

using trigger::Candidate;
using trigger::Verdict;

class CandidateLines {
public:
    CandidateLines(interpret::Evaluator& evaluator, trigger::AccountTriggers& triggers)
        : evaluator_(evaluator), triggers_(triggers) {}

    void add(const Candidate& candidate, std::vector<Line>& lines) {
        const plan::Trigger& trigger = evaluator_.plan().triggers[candidate.version];
        lines.push_back(outcome(candidate, trigger));
        if (trigger.when != plan::kNoNode && candidate.verdict != Verdict::NotInForce &&
            candidate.verdict != Verdict::BeforeOrigin)
            lines.push_back(condition(LineKind::When, trigger.when, trigger.when_note,
                                      candidate.when, candidate));
        add_stoppers(LineKind::Unless, trigger.unless, candidate.unless, candidate, lines);
        if (trigger.policy)
            add_stoppers(LineKind::Suppress, evaluator_.plan().policies[*trigger.policy].suppress,
                         candidate.suppress, candidate, lines);
    }

private:
    // Whose firing holds this one back.
    std::string who_fired(const Candidate& candidate, const plan::Trigger& trigger) const {
        return candidate.verdict == Verdict::PolicyLimit
                   ? "a trigger of policy " + evaluator_.plan().policies[*trigger.policy].name
                   : "it";
    }

    Line outcome(const Candidate& candidate, const plan::Trigger& trigger) const {
        Line line = Subject::line(LineKind::Candidate, trigger.on_note, "");
        line.decides = trigger::counts(candidate.status());
        const std::string_view status = trigger::spelling(candidate.status());
        const std::string cause = trigger::cause_text(evaluator_.plan(), candidate);
        line.text =
            fmt::format("{}: {}{}{}", time_text(candidate.instant),
                        status.empty() ? "no firing" : status, cause.empty() ? "" : ", ", cause);
        line.remarks.push_back(trigger.on_note.text);
        if (candidate.start != candidate.instant)
            line.remarks.push_back("from " + time_text(candidate.start));
        if (candidate.last_counted)
            line.remarks.push_back(who_fired(candidate, trigger) + " fired last at " +
                                   time_text(*candidate.last_counted));
        if (!candidate.message.empty())
            line.remarks.push_back("says: " + candidate.message);
        return line;
    }

    // As far as they were judged.
    void add_stoppers(LineKind kind, const std::vector<plan::Stopper>& stoppers,
                      const std::vector<plan::Value>& judged, const Candidate& candidate,
                      std::vector<Line>& lines) {
        for (std::size_t i = 0; i < judged.size(); ++i) {
            lines.push_back(
                condition(kind, stoppers[i].when, stoppers[i].note, judged[i], candidate));
            lines.back().because = stoppers[i].because;
        }
    }

    Line condition(LineKind kind, plan::NodeId node, const plan::SourceNote& note,
                   const plan::Value& truth, const Candidate& candidate) {
        Line line = Subject::line(kind, note, "");
        line.truth = truth_of(truth);
        line.cause = cause_of(evaluator_.plan(), truth);
        line.seen = seen_by(evaluator_, node, triggers_.row_of(candidate));
        return line;
    }

    interpret::Evaluator& evaluator_;
    trigger::AccountTriggers& triggers_;
};

Line pending_line(const plan::Plan& plan, const trigger::Pending& pending) {
    const plan::Trigger& trigger = plan.triggers[pending.version];
    Line line = Subject::line(LineKind::Pending, trigger.on_note, "");
    line.text =
        fmt::format("pending: due at {} if nothing more happens", time_text(pending.instant));
    line.remarks.push_back(trigger.on_note.text);
    return line;
}

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
        if (!std::ranges::binary_search(seen.signals, signal))
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

Explanation explain_trigger(interpret::Evaluator& evaluator, trigger::AccountTriggers& triggers,
                            const std::vector<trigger::SeenEvent>& events, std::uint32_t rule,
                            interpret::RowIndex root, std::int64_t as_of) {
    const plan::Plan& plan = evaluator.plan();
    Explanation explanation = Subject(evaluator, rule, root, as_of).begin();
    CandidateLines lines(evaluator, triggers);
    std::map<trigger::Status, std::size_t> counts;
    for (const Candidate& candidate : triggers.candidates()) {
        if (candidate.rule != rule)
            continue;
        ++counts[candidate.status()];
        lines.add(candidate, explanation.lines);
    }
    using trigger::Status;
    explanation.results = {{"fired", std::to_string(counts[Status::Fired])},
                           {"suppressed", std::to_string(counts[Status::Suppressed])}};
    if (counts[Status::Control] > 0)
        explanation.results.push_back({"control", std::to_string(counts[Status::Control])});
    for (const std::uint32_t signal : signals_of(plan, plan.rules[rule]))
        explanation.results.push_back(occurrences(plan, signal, events));
    for (const trigger::Pending& pending : triggers.pending())
        if (pending.rule == rule)
            explanation.lines.push_back(pending_line(plan, pending));
    return explanation;
}

} // namespace rulebook::explain
