#include "tests/credit_oracle/runtime_deal.hpp"

#include <algorithm>

#include "runtime/plan/plan.hpp"

namespace rulebook::credit_oracle {

namespace {

using plan::SplitModel;

plan::Value runtime_condition(Condition condition) {
    if (condition == Condition::Unknown)
        return {};
    return plan::Value::of(condition == Condition::True);
}

SplitModel runtime_kind(Kind kind) {
    switch (kind) {
    case Kind::First:
        return SplitModel::First;
    case Kind::Last:
        return SplitModel::Last;
    case Kind::Equal:
    case Kind::EqualByKey:
        return SplitModel::Equal;
    case Kind::Position:
        return SplitModel::Position;
    case Kind::Milestones:
        return SplitModel::Milestones;
    case Kind::Decay:
        return SplitModel::Decay;
    case Kind::Weights:
        return SplitModel::Weights;
    case Kind::Fixed:
        return SplitModel::Fixed;
    case Kind::Incremental:
        return SplitModel::Incremental;
    case Kind::Markov:
        return SplitModel::Markov;
    }
    return SplitModel::Equal;
}

bool goes_by_key(Kind kind) {
    return kind == Kind::EqualByKey || kind == Kind::Weights || kind == Kind::Markov;
}

} // namespace

// Text, so that an order of numbers is not the order of keys; "10" stands before "9".
plan::Value runtime_key(int key) {
    return key == kUnknown ? plan::Value() : plan::Value::of(std::to_string(key));
}

credit::Party runtime_party(const Deal& deal, int party) {
    if (party == kUnknown)
        return credit::Party::unknown();
    if (party == kUnattributed)
        return credit::Party::unattributed();
    const std::string& name = deal.names[static_cast<std::size_t>(party)];
    return credit::Party::named(plan::Value::of(name), name);
}

std::vector<credit::PartyPart> runtime_parts(const Deal& deal,
                                             const std::vector<PartyPart>& parts) {
    std::vector<credit::PartyPart> made;
    for (const PartyPart& part : parts)
        made.push_back({runtime_party(deal, part.party), part.millionths});
    return made;
}

credit::Model runtime_model(const Deal& deal, const Model& model) {
    credit::Model made;
    made.kind = runtime_kind(model.kind);
    if (goes_by_key(model.kind))
        made.key = 0;
    made.shares = runtime_parts(deal, model.shares);
    made.first = model.first;
    made.middle = model.middle;
    made.last = model.last;
    made.first_touch = model.first_touch;
    for (const Milestone& milestone : model.milestones)
        made.milestones.push_back(milestone.millionths);
    made.others = model.others;
    made.halving_microseconds = model.halving_microseconds;
    for (const KeyWeight& weight : model.weights)
        made.weights.push_back({runtime_key(weight.key), {weight.digits, weight.decimals}});
    std::sort(made.weights.begin(), made.weights.end(),
              [](const auto& left, const auto& right) { return left.key < right.key; });
    if (model.otherwise)
        made.otherwise = {model.otherwise->digits, model.otherwise->decimals};
    made.weights_missing = model.weights_missing;
    made.assisted_party = runtime_party(deal, model.assisted_party);
    if (model.rest_party)
        made.rest_party = runtime_party(deal, *model.rest_party);
    return made;
}

credit::DealFacts runtime_facts(const Model& model) {
    credit::DealFacts facts{.unassisted = model.unassisted, .assisted = model.assisted};
    for (const Milestone& milestone : model.milestones)
        facts.milestones.push_back(milestone.instant);
    return facts;
}

credit::Division divide_by_runtime(const Deal& deal) {
    std::vector<credit::Touch> touches;
    for (const Touch& touch : deal.touches)
        touches.push_back({runtime_party(deal, touch.party),
                           touch.instant,
                           touch.rank,
                           {runtime_key(touch.key)}});
    std::vector<credit::Model> models;
    for (const Model& model : deal.models)
        models.push_back(runtime_model(deal, model));
    std::vector<credit::OfferedModel> offered;
    for (std::size_t i = 0; i < models.size(); ++i)
        offered.push_back({&models[i], runtime_facts(deal.models[i]),
                           runtime_condition(deal.models[i].condition)});
    return credit::divide(deal.amount, touches, offered, runtime_parts(deal, deal.floors),
                          runtime_party(deal, deal.without_touches));
}

} // namespace rulebook::credit_oracle
