// What the reference interpreter gives; asked once about each row.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "runtime/interpret/evaluator.hpp"
#include "tests/differential/case.hpp"

namespace rulebook::differential {

// For one row.
struct Answer {
    std::vector<plan::Value> values; // of the nodes asked about
    // By rule; none: it is of another kind, or no version is in force.
    std::vector<std::optional<interpret::FitResult>> fits;
    std::vector<std::optional<interpret::DecisionResult>> decisions;
    std::vector<std::optional<interpret::TableResult>> tables;
};

class Oracle {
public:
    // The case outlives it. `nodes` are of root records.
    static std::unique_ptr<Oracle> of(const Case& example, std::vector<plan::NodeId> nodes);

    const std::vector<plan::NodeId>& nodes() const { return nodes_; }
    // Valid as long as the oracle.
    const Answer& answer(const Question& question);

    const interpret::PreparedPlan& prepared() const { return prepared_; }
    const Case& example() const { return example_; }
    const std::map<std::pair<std::int64_t, data::RowIndex>, Answer>& answers() const {
        return answers_;
    }

private:
    void add_rules(const Question& question, Answer& answer);
    Oracle(const Case& example, interpret::PreparedPlan prepared, std::vector<plan::NodeId> nodes);

    const Case& example_;
    interpret::PreparedPlan prepared_;
    std::vector<plan::NodeId> nodes_;
    interpret::Evaluator evaluator_;
    std::map<std::pair<std::int64_t, data::RowIndex>, Answer> answers_;
};

// Firings of every account, whatever the triggers are: what asks about them is evaluated, too.
const interpret::FiredLookup& fired_as_if();

// Nodes that have a value for a root record alone, and no text.
std::vector<plan::NodeId> nodes_of_roots(const plan::Plan& plan);

} // namespace rulebook::differential
