#include "runtime/explain/explain_policy.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/explain/candidate_lines.hpp"
#include "runtime/explain/pattern_words.hpp"
#include "runtime/explain/subject.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::explain {

namespace {

using trigger::Candidate;
using trigger::Verdict;

// Whether the candidate was stopped by nothing before the policy was asked.
bool came_to_the_policy(Verdict verdict) {
    switch (verdict) {
    case Verdict::PolicySuppresses:
    case Verdict::PolicyUnknown:
    case Verdict::PolicyLimit:
    case Verdict::ControlGroup:
    case Verdict::Fired:
        return true;
    default:
        return false;
    }
}

std::string triggers_of(const plan::Plan& plan, std::uint32_t policy) {
    std::string names;
    for (const plan::Rule& rule : plan.rules)
        if (rule.kind == plan::RuleKind::Trigger &&
            std::ranges::any_of(rule.versions, [&](std::uint32_t version) {
                return plan.triggers[version].policy == policy;
            }))
            names += (names.empty() ? "" : ", ") + rule.name;
    return names.empty() ? "none" : names;
}

// Limits that are used up at `as_of`.
void add_limits(const interpret::Evaluator& evaluator, const plan::Policy& policy,
                const std::vector<std::int64_t>& counted, std::int64_t as_of,
                std::vector<Line>& lines) {
    for (const plan::AtMost& limit : policy.limits) {
        const auto count = static_cast<std::size_t>(limit.count);
        if (counted.size() < count)
            continue;
        const auto end = checked_add(counted[counted.size() - count], limit.per);
        if (!end || *end <= as_of)
            continue;
        Line line = Subject::line(LineKind::Pending, policy.note, "");
        line.text = fmt::format("at most {} per {}: the next may fire at {}", limit.count,
                                duration_words(limit.per), time_text(evaluator.zone(), *end));
        lines.push_back(std::move(line));
    }
}

} // namespace

Explanation explain_policy(interpret::Evaluator& evaluator, trigger::AccountTriggers& triggers,
                           const trigger::History& history, std::uint32_t policy,
                           std::int64_t as_of) {
    const plan::Plan& plan = evaluator.plan();
    Explanation explanation;
    explanation.rule = plan.policies[policy].name;
    explanation.is_policy = true;
    explanation.doc = plan.policies[policy].doc;
    explanation.instant = as_of;
    explanation.zone = evaluator.zone().name;
    CandidateLines lines(evaluator, triggers, history);
    std::vector<std::int64_t> counted;
    std::size_t fired = 0;
    std::size_t held_back = 0;
    for (const Candidate& candidate : triggers.candidates()) {
        if (plan.triggers[candidate.version].policy != policy ||
            !came_to_the_policy(candidate.verdict))
            continue;
        if (trigger::counts(candidate.status()))
            counted.push_back(candidate.instant);
        ++(candidate.status() == trigger::Status::Fired ? fired : held_back);
        const std::size_t first = explanation.lines.size();
        lines.add(candidate, explanation.lines);
        explanation.lines[first].text.insert(0, plan.rules[candidate.rule].name + " at ");
    }
    explanation.results = {{"let pass", std::to_string(fired)},
                           {"held back", std::to_string(held_back)},
                           {"triggers", triggers_of(plan, policy)}};
    add_limits(evaluator, plan.policies[policy], counted, as_of, explanation.lines);
    return explanation;
}

} // namespace rulebook::explain
