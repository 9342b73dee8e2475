#include "runtime/trigger/cause_text.hpp"

namespace rulebook::trigger {

namespace {

// The one that was judged last stopped it.
std::string because_of(const std::vector<plan::Stopper>& stoppers,
                       const std::vector<plan::Value>& judged) {
    if (judged.empty() || judged.size() > stoppers.size())
        return {};
    return stoppers[judged.size() - 1].because;
}

std::string because_of(const plan::Plan& plan, const Candidate& candidate) {
    const plan::Trigger& trigger = plan.triggers[candidate.version];
    switch (candidate.verdict) {
    case Verdict::UnlessTrue:
    case Verdict::UnlessUnknown:
        return because_of(trigger.unless, candidate.unless);
    case Verdict::PolicySuppresses:
    case Verdict::PolicyUnknown:
        return because_of(plan.policies[*trigger.policy].suppress, candidate.suppress);
    default:
        return {};
    }
}

} // namespace

std::string cause_text(const plan::Plan& plan, const Candidate& candidate) {
    std::string text(words(candidate.verdict));
    if (const std::string because = because_of(plan, candidate); !because.empty())
        text += ": " + because;
    return text;
}

} // namespace rulebook::trigger
