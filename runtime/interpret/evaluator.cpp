#include "runtime/interpret/evaluator.hpp"

#include "runtime/interpret/evaluation.hpp"

namespace rulebook::interpret {

Evaluator::Evaluator(const PreparedPlan& plan, const data::Dataset& dataset)
    : dataset_(&dataset), evaluation_(std::make_unique<Evaluation>(plan, dataset)) {}
Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;

const plan::Plan& Evaluator::plan() const {
    return evaluation_->plan();
}

const data::Dataset& Evaluator::dataset() const {
    return *dataset_;
}

const time::Zone& Evaluator::zone() const {
    return *evaluation_->preparation().zone;
}

plan::Value Evaluator::evaluate(plan::NodeId node, const RowContext& row) {
    evaluation_->begin(row);
    return evaluation_->value(node);
}

HeldValue Evaluator::held(plan::NodeId node, const RowContext& row) {
    evaluation_->begin(row);
    return evaluation_->held(node);
}

std::size_t Evaluator::remembered() const {
    return evaluation_->remembered();
}

plan::Value Evaluator::field(Record record, plan::FieldIndex field, std::int64_t instant) const {
    return evaluation_->records().field(record, field, instant, plan::kNoNode);
}

void Evaluator::suppose(std::vector<Supposed> supposed) {
    evaluation_->suppose(std::move(supposed));
}

void Evaluator::go_to_root(RowIndex root, std::int64_t instant) {
    const Record record{plan().schema.root, root};
    RowContext row;
    row.instant = instant;
    row.frames = {&record, 1};
    evaluation_->begin(row);
}

const FitResult* Evaluator::fit(std::uint32_t rule, RowIndex root, std::int64_t instant) {
    go_to_root(root, instant);
    return evaluation_->fit(rule);
}

const DecisionResult* Evaluator::decision(std::uint32_t rule, RowIndex root, std::int64_t instant) {
    go_to_root(root, instant);
    return evaluation_->decision(rule);
}

const TableResult* Evaluator::table(std::uint32_t rule, RowIndex root, std::int64_t instant) {
    go_to_root(root, instant);
    return evaluation_->table(rule);
}

} // namespace rulebook::interpret
