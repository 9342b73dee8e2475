#include "runtime/interpret/evaluation.hpp"

#include <algorithm>

#include "runtime/interpret/decision.hpp"
#include "runtime/interpret/fit.hpp"
#include "runtime/interpret/operation.hpp"

namespace rulebook::interpret {

Evaluation::Evaluation(const PreparedPlan& prepared, const data::Dataset& dataset)
    : preparation_(prepared.preparation()), records_(prepared.plan().schema, dataset),
      kept_(preparation_.memo_slots), kept_elements_(preparation_.kept_elements_slots) {}

void Evaluation::begin(const RowContext& row) {
    if (row.instant != row_.instant || row.frames[0] != frames_[0]) {
        fits_.clear();
        decisions_.clear();
        tables_.clear();
    }
    row_ = row;
    row_.frames = {}; // they are kept here
    instant_ = row.instant;
    frames_.fill(Record{kNoEntity, 0});
    std::ranges::copy(row.frames, frames_.begin());
    enter_new_scope();
}

void Evaluation::enter_new_scope() {
    scopes_.fill(++last_scope_);
}

plan::Value Evaluation::value(plan::NodeId id) {
    const std::uint32_t slot = preparation_.memo_slot[id];
    if (slot == kNoSlot)
        return compute(id);
    const Scope scope = scopes_[preparation_.innermost_frame[id]];
    if (kept_[slot].scope != scope)
        kept_[slot] = {scope, compute(id)};
    return kept_[slot].value;
}

plan::Value Evaluation::compute(plan::NodeId id) {
    const plan::Node& node = plan().node(id);
    const Call call{*this, id, node};
    switch (node.op) {
#define RB_OP(Name, id, ...)                                                                       \
    case plan::Op::Name:                                                                           \
        return evaluate(Is<plan::Op::Name>{}, call);
#include "runtime/plan/ops.def"
    }
    return {};
}

plan::Value Evaluation::value_at(plan::NodeId id, std::int64_t instant) {
    const std::int64_t outer_instant = instant_;
    const auto outer_scopes = scopes_;
    instant_ = instant;
    enter_new_scope();
    plan::Value result = value(id);
    instant_ = outer_instant;
    scopes_ = outer_scopes;
    return result;
}

Evaluation::WithElement::WithElement(Evaluation& evaluation, std::size_t level, Record element)
    : evaluation_(evaluation), level_(level), outer_(evaluation.frames_[level]),
      outer_scope_(evaluation.scopes_[level]) {
    evaluation_.frames_[level] = element;
    evaluation_.scopes_[level] = ++evaluation_.last_scope_;
}

Evaluation::WithElement::~WithElement() {
    evaluation_.frames_[level_] = outer_;
    evaluation_.scopes_[level_] = outer_scope_;
}

// The version in force, if there is one.
static std::optional<std::uint32_t> in_force(const std::vector<std::uint32_t>& versions,
                                             const auto& rules, std::int64_t instant) {
    for (const std::uint32_t version : versions)
        if (rules[version].effective.contains(instant))
            return version;
    return std::nullopt;
}

// What was computed for the rule at this instant, or compute(version) if a version is in force.
template <class RuleResult, class Rules, class Compute>
static const RuleResult*
result_of(std::map<std::pair<std::uint32_t, std::int64_t>, RuleResult>& kept,
          const plan::Plan& plan, std::uint32_t rule, const Rules& rules, std::int64_t instant,
          const Compute& compute) {
    const auto found = kept.find({rule, instant});
    if (found != kept.end())
        return &found->second;
    const auto version = in_force(plan.rules[rule].versions, rules, instant);
    if (!version)
        return nullptr;
    RuleResult result = compute(rules[*version]);
    result.version = *version;
    return &kept.emplace(std::pair{rule, instant}, std::move(result)).first->second;
}

const FitResult* Evaluation::fit(std::uint32_t rule) {
    return result_of(fits_, plan(), rule, plan().fits, instant_, [&](const plan::Fit& fit) {
        return evaluate_fit(*this, fit, preparation_.out_tier[rule]);
    });
}

const DecisionResult* Evaluation::decision(std::uint32_t rule) {
    return result_of(
        decisions_, plan(), rule, plan().decisions, instant_,
        [&](const plan::Decision& decision) { return evaluate_decision(*this, decision); });
}

const TableResult* Evaluation::table(std::uint32_t rule) {
    return result_of(tables_, plan(), rule, plan().tables, instant_,
                     [&](const plan::Table& table) { return evaluate_table(*this, table); });
}

} // namespace rulebook::interpret
