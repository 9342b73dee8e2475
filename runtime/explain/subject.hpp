// What is being explained: a rule, a root record, an instant. Internal to this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/explain/explanation.hpp"
#include "runtime/interpret/evaluator.hpp"

namespace rulebook::explain {

// "at most 50 points", "at least 0, at most 100 points"; the limits are hundredths.
std::string limit_words(std::optional<std::int64_t> at_least, std::optional<std::int64_t> at_most);

// On the clock of the zone, with its offset.
std::string time_text(const time::Zone& zone, std::int64_t instant);

// The same, and which zone it is: "2026-01-31T09:00:00-05:00, America/New_York".
std::string stated_time(std::string_view zone, std::int64_t instant);

class Subject {
public:
    // The evaluator outlives it.
    Subject(interpret::Evaluator& evaluator, std::uint32_t rule, interpret::RowIndex root,
            std::int64_t instant);

    const plan::Plan& plan() const { return evaluator_.plan(); }
    const plan::Rule& rule() const { return plan().rules[rule_]; }
    const time::Zone& zone() const { return evaluator_.zone(); }

    Explanation begin() const;
    static Line line(LineKind kind, const plan::SourceNote& note, const std::string& because);
    // Sets truth and cause.
    void judge(Line& line, const plan::Value& truth) const;
    Named named(std::string name, plan::Type type, const plan::Value& value) const;

    plan::Value value(plan::NodeId node);
    std::vector<Named> seen_by(plan::NodeId node);
    // Adds what is not there yet.
    void add_seen(std::vector<Named>& seen, plan::NodeId node);

    const interpret::FitResult* fit();
    const interpret::DecisionResult* decision();
    const interpret::TableResult* table();

private:
    interpret::RowContext row() const;

    interpret::Evaluator& evaluator_;
    std::uint32_t rule_;
    interpret::Record root_;
    std::int64_t instant_;
};

} // namespace rulebook::explain
