#include "runtime/interpret/evaluation.hpp"

#include <algorithm>

#include "runtime/interpret/decision.hpp"
#include "runtime/interpret/fit.hpp"
#include "runtime/interpret/followed_aggregate.hpp"
#include "runtime/interpret/followed_points.hpp"
#include "runtime/interpret/holds_until.hpp"
#include "runtime/interpret/operation.hpp"
#include "runtime/plan/roots.hpp"

namespace rulebook::interpret {

Evaluation::Evaluation(const PreparedPlan& prepared, const data::Dataset& dataset)
    : preparation_(prepared.preparation()), records_(prepared.plan().schema, dataset),
      kept_(preparation_.memo_slots), kept_elements_(preparation_.kept_elements_slots),
      followed_(preparation_.followed.size()), changes_of_root_(dataset) {}

Evaluation::~Evaluation() = default;

void Evaluation::begin(const RowContext& row) {
    if (row.instant != row_.instant || row.frames[0] != frames_[0]) {
        forget_results();
    }
    row_ = row;
    row_.frames = {}; // they are kept here
    instant_ = row.instant;
    frames_.fill(Record{kNoRecord, 0});
    std::ranges::copy(row.frames, frames_.begin());
    enter_new_scope();
}

void Evaluation::suppose(std::vector<Supposed> supposed) {
    records_.suppose(std::move(supposed));
    forget_results();
    enter_new_scope();
}

void Evaluation::forget_results() {
    fits_.clear();
    decisions_.clear();
    tables_.clear();
}

void Evaluation::enter_new_scope() {
    scopes_.fill(++last_scope_);
}

plan::Value Evaluation::value(plan::NodeId id) {
    if (holding_)
        return value_with_changes(id);
    const std::uint32_t slot = preparation_.memo_slot[id];
    if (slot == kNoSlot)
        return compute(id);
    const Scope scope = scopes_[preparation_.innermost_frame[id]];
    if (kept_[slot].scope != scope)
        kept_[slot] = {scope, compute(id)};
    return kept_[slot].value;
}

// Every operand is looked at, needed or not: which changes are noted must not depend on the order
// of evaluation.
plan::Value Evaluation::value_with_changes(plan::NodeId id) {
    const Scope scope = scopes_[preparation_.innermost_frame[id]];
    Kept& kept = kept_of_held_[id];
    if (kept.scope != scope) {
        const std::int64_t outer = until_;
        until_ = INT64_MAX;
        const plan::Node& node = plan().node(id);
        if (node.op != plan::Op::AsOfAgo) // of its operand only the past counts
            for (const plan::NodeId operand : node.operands)
                value(operand);
        plan::Value computed = compute(id);
        note_next_change({*this, id, node});
        kept = {scope, std::move(computed), until_};
        until_ = outer;
    }
    until_ = std::min(until_, kept.until);
    return kept.value;
}

HeldValue Evaluation::held(plan::NodeId id) {
    kept_of_held_.resize(plan().nodes.size());
    forget_results(); // they may have been computed without noting changes
    holding_ = true;
    until_ = INT64_MAX;
    plan::Value value = value_with_changes(id);
    holding_ = false;
    return {std::move(value), until_};
}

FollowedAggregate* Evaluation::followed(plan::NodeId id) {
    const std::uint32_t slot = holding_ ? preparation_.followed_slot[id] : kNoSlot;
    if (slot == kNoSlot)
        return nullptr;
    const auto ago = checked_subtract(row_.instant, instant_);
    return ago ? &followed_[slot].try_emplace(*ago, preparation_.followed[slot]).first->second
               : nullptr;
}

FollowedPoints* Evaluation::followed(const plan::PointsClause& clause) {
    if (!holding_)
        return nullptr;
    const auto known = preparation_.followed_clauses.find(&clause);
    const auto ago = checked_subtract(row_.instant, instant_);
    if (known == preparation_.followed_clauses.end() || !ago)
        return nullptr;
    return &followed_points_.try_emplace({&clause, *ago}, known->second).first->second;
}

std::optional<std::int64_t> Evaluation::next_change_before_now(plan::NodeId id, std::int64_t then) {
    const auto sources = preparation_.past_sources.find(id);
    if (sources == preparation_.past_sources.end())
        return std::nullopt;
    const auto next = changes_of_root_.next(sources->second, frame(0), then);
    return next && *next <= instant_ ? next : std::nullopt;
}

std::size_t Evaluation::remembered() const {
    std::size_t sum = 0;
    for (const auto& each : followed_)
        for (const auto& [ago, aggregate] : each)
            sum += aggregate.kept();
    return sum;
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

template <class Rules>
void Evaluation::note_changes_of_rule(const std::vector<std::uint32_t>& versions,
                                      const Rules& rules, std::optional<std::uint32_t> version) {
    for (const std::uint32_t other : versions)
        note_changes_of_versions(*this, rules[other].effective);
    if (!version)
        return;
    std::vector<plan::NodeId> nodes;
    plan::append_roots(rules[*version], nodes);
    for (const plan::NodeId node : nodes)
        if (node != plan::kNoNode && preparation_.innermost_frame[node] == 0)
            value(node);
}

void Evaluation::note_changes_of_result(const FitResult& result) {
    note_changes_of_fit(*this, plan().fits[result.version], result);
}

template <class RuleResult, class Rules, class Compute>
const RuleResult* Evaluation::result_of(Results<RuleResult>& kept, std::uint32_t rule,
                                        const Rules& rules, const Compute& compute) {
    const auto found = kept.find({rule, instant_});
    if (found != kept.end()) {
        until_ = std::min(until_, found->second.until);
        return &found->second.result;
    }
    const auto& versions = plan().rules[rule].versions;
    const auto version = in_force(versions, rules, instant_);
    const std::int64_t outer = until_;
    until_ = INT64_MAX;
    if (holding_)
        note_changes_of_rule(versions, rules, version);
    const RuleResult* result = nullptr;
    if (version) {
        RuleResult computed = compute(rules[*version]);
        computed.version = *version;
        if (holding_)
            note_changes_of_result(computed);
        KeptResult<RuleResult> made{std::move(computed), until_};
        result = &kept.emplace(std::pair{rule, instant_}, std::move(made)).first->second.result;
    }
    until_ = std::min(outer, until_);
    return result;
}

const FitResult* Evaluation::fit(std::uint32_t rule) {
    return result_of(fits_, rule, plan().fits, [&](const plan::Fit& fit) {
        return evaluate_fit(*this, fit, preparation_.out_tier[rule]);
    });
}

const DecisionResult* Evaluation::decision(std::uint32_t rule) {
    return result_of(decisions_, rule, plan().decisions, [&](const plan::Decision& decision) {
        return evaluate_decision(*this, decision);
    });
}

const TableResult* Evaluation::table(std::uint32_t rule) {
    return result_of(tables_, rule, plan().tables,
                     [&](const plan::Table& table) { return evaluate_table(*this, table); });
}

} // namespace rulebook::interpret
