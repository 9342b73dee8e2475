// What a model of a sound plan cannot be: numbers out of their range, shares that are not a whole.
#include <algorithm>

#include "runtime/credit/model.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/amount.hpp"

namespace rulebook::credit {

using plan::SplitModel;

namespace {

std::string_view fault_of_parts(const std::vector<std::int64_t>& parts) {
    std::int64_t sum = 0;
    for (const std::int64_t part : parts) {
        if (part < 0 || part > kMillionthsPerOne)
            return "a share is not between 0% and 100%";
        sum += part;
    }
    return sum == kMillionthsPerOne ? "" : "the shares do not add up to 100%";
}

bool is_weight(const plan::ExactWeight& weight) {
    return weight.digits >= 0 && weight.decimals <= plan::kMostWeightDecimals;
}

std::string_view fault_of_weights(const Model& model) {
    if (!model.key)
        return "the weights go by no field";
    const auto out_of_order = [](const plan::KeyWeight& left, const plan::KeyWeight& right) {
        return !(left.key < right.key);
    };
    if (std::ranges::adjacent_find(model.weights, out_of_order) != model.weights.end())
        return "the weights are not in order, or one is there twice";
    if (!std::ranges::all_of(model.weights, is_weight, &plan::KeyWeight::weight) ||
        (model.otherwise && !is_weight(*model.otherwise)))
        return "a weight is below 0 or has too many decimals";
    return {};
}

} // namespace

std::string_view fault_of(const Model& model) {
    std::vector<std::int64_t> parts;
    switch (model.kind) {
    case SplitModel::Position:
        return fault_of_parts({model.first, model.middle, model.last});
    case SplitModel::Fixed:
        for (const PartyPart& part : model.shares)
            parts.push_back(part.millionths);
        return fault_of_parts(parts);
    case SplitModel::Milestones:
        parts = model.milestones;
        parts.push_back(model.others);
        if (model.first_touch)
            parts.push_back(*model.first_touch);
        return fault_of_parts(parts);
    case SplitModel::Decay:
        return model.halving_microseconds > 0 ? "" : "weights halve over no time";
    case SplitModel::Weights:
    case SplitModel::Markov:
        return fault_of_weights(model);
    case SplitModel::First:
    case SplitModel::Last:
    case SplitModel::Equal:
    case SplitModel::Incremental:
        return {};
    }
    return "the model is unknown";
}

std::string_view fault_of(const plan::RateRow& row) {
    for (const auto& rate : {row.unassisted, row.assisted})
        if (rate && (*rate < 0 || *rate > kMillionthsPerOne))
            return "a rate is not between 0% and 100%";
    return {};
}

} // namespace rulebook::credit
