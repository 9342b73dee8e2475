// Lines about what became of the candidates of a trigger. Internal to this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/explain/explanation.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/trigger/account_triggers.hpp"

namespace rulebook::explain {

class CandidateLines {
public:
    CandidateLines(interpret::Evaluator& evaluator, trigger::AccountTriggers& triggers,
                   const trigger::History& history)
        : evaluator_(evaluator), triggers_(triggers), history_(history) {}

    // The candidate, its verdict and what held it back; then what each condition saw, as far as it
    // was judged, and what those would need that stopped it.
    void add(const trigger::Candidate& candidate, std::vector<Line>& lines);

private:
    Line outcome(const trigger::Candidate& candidate, const plan::Trigger& trigger) const;
    void add_events(const trigger::Candidate& candidate, const plan::Trigger& trigger,
                    Line& line) const;
    void add_rhythm(const trigger::Candidate& candidate, const plan::Trigger& trigger,
                    Line& line) const;
    void add_version(const trigger::Candidate& candidate, Line& line) const;
    std::vector<const trigger::Candidate*>
    counted_before(const trigger::Candidate& candidate, std::optional<std::uint32_t> policy) const;
    void add_stoppers(LineKind kind, const std::vector<plan::Stopper>& stoppers,
                      const std::vector<plan::Value>& judged, const trigger::Candidate& candidate,
                      std::vector<Line>& lines);
    Line condition(LineKind kind, plan::NodeId node, const plan::SourceNote& note,
                   const plan::Value& truth, bool wanted, const trigger::Candidate& candidate);
    std::string time(std::int64_t instant) const;

    interpret::Evaluator& evaluator_;
    trigger::AccountTriggers& triggers_;
    const trigger::History& history_;
};

} // namespace rulebook::explain
