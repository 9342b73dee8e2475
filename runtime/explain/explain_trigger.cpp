#include "runtime/explain/explain_trigger.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "runtime/explain/candidate_lines.hpp"
#include "runtime/explain/subject.hpp"
#include "runtime/explain/waiting_lines.hpp"
#include "runtime/plan/roots.hpp"

namespace rulebook::explain {

namespace {

using trigger::Candidate;

Line pending_line(const interpret::Evaluator& evaluator, const trigger::Pending& pending) {
    const plan::Trigger& trigger = evaluator.plan().triggers[pending.version];
    Line line = Subject::line(LineKind::Pending, trigger.on_note, "");
    line.text = fmt::format("pending: due at {} if nothing more happens",
                            time_text(evaluator.zone(), pending.instant));
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

Named occurrences(const interpret::Evaluator& evaluator, std::uint32_t signal,
                  const std::vector<trigger::SeenEvent>& events) {
    std::size_t count = 0;
    std::int64_t last = 0;
    for (const trigger::SeenEvent& seen : events) {
        if (!std::ranges::binary_search(seen.signals, signal))
            continue;
        ++count;
        last = seen.instant;
    }
    const std::string when = time_text(evaluator.zone(), last);
    const std::string words = count == 0   ? "never"
                              : count == 1 ? "once, at " + when
                                           : fmt::format("{} times, last at {}", count, when);
    return {evaluator.plan().signals[signal].name, words};
}

} // namespace

Explanation explain_trigger(interpret::Evaluator& evaluator, trigger::AccountTriggers& triggers,
                            const trigger::History& history, std::uint32_t rule,
                            interpret::RowIndex root, std::int64_t as_of) {
    const plan::Plan& plan = evaluator.plan();
    Explanation explanation = Subject(evaluator, rule, root, as_of).begin();
    CandidateLines lines(evaluator, triggers, history);
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
        explanation.results.push_back(occurrences(evaluator, signal, history.events));
    WaitingLines(evaluator, triggers, history, root, as_of).add(rule, explanation.lines);
    for (const trigger::Pending& pending : triggers.pending())
        if (pending.rule == rule)
            explanation.lines.push_back(pending_line(evaluator, pending));
    return explanation;
}

Explanation only_what_stopped(Explanation explanation) {
    bool fired = false;
    std::erase_if(explanation.lines, [&](const Line& line) {
        switch (line.kind) {
        case LineKind::Candidate:
            fired = line.decides;
            return fired;
        case LineKind::When:
            return fired || line.truth == Truth::True;
        case LineKind::Unless:
        case LineKind::Suppress:
            return fired || line.truth == Truth::False;
        default:
            return false;
        }
    });
    return explanation;
}

} // namespace rulebook::explain
