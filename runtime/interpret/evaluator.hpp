// The reference interpreter: walks the plan node by node for one row (records, instant), in the
// plainest way. It is the oracle for native code, the explainer, and the engine where there is no
// native code. Every value is known, or unknown with its cause: the first unknown operand in source
// order; its origin is the node where it arose.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/interpret/prepared_plan.hpp"
#include "runtime/interpret/results.hpp"
#include "runtime/interpret/row_context.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/time/zone.hpp"

namespace rulebook::interpret {

class Evaluation;

// One thread at a time per object; any number of evaluators may share plan and data. Both must
// outlive the evaluator. Nothing here fails: what cannot be known is an unknown.
class Evaluator {
public:
    Evaluator(const PreparedPlan& plan, const data::Dataset& dataset);
    ~Evaluator();
    Evaluator(Evaluator&&) noexcept;
    Evaluator& operator=(Evaluator&&) noexcept;

    const plan::Plan& plan() const;
    const data::Dataset& dataset() const;
    const time::Zone& zone() const; // the rulebook's

    // The node's value for the row. The row's frames hold the entities that the node reads.
    plan::Value evaluate(plan::NodeId node, const RowContext& row);

    // The same, and until when time alone cannot change it: records and firings apart, it holds in
    // [instant, until). At `until` something that it reads changes, though the value may not. What
    // moves unevenly (points that fade, …) counts as changing at the start of each calendar day.
    HeldValue held(plan::NodeId node, const RowContext& row);

    // How much is kept of the root record that held values were last asked about: elements that may
    // come to count or cease, and different values.
    std::size_t remembered() const;

    // A field as known at an instant.
    plan::Value field(Record record, plan::FieldIndex field, std::int64_t instant) const;

    // From now on everything is evaluated as if the root's record had these values; none: as the
    // data has it. For questions of what would be. Who asks about several roots supposes the same
    // of each. What fired is not asked anew.
    void suppose(std::vector<Supposed> supposed);

    // The result of the version of a rule (index in Plan::rules) that is in force at the instant,
    // for a root record; null if none is. Valid until this evaluator is asked about another root
    // record or instant.
    const FitResult* fit(std::uint32_t rule, RowIndex root, std::int64_t instant);
    const DecisionResult* decision(std::uint32_t rule, RowIndex root, std::int64_t instant);
    const TableResult* table(std::uint32_t rule, RowIndex root, std::int64_t instant);

private:
    void go_to_root(RowIndex root, std::int64_t instant);

    const data::Dataset* dataset_;
    std::unique_ptr<Evaluation> evaluation_;
};

} // namespace rulebook::interpret
