#include "runtime/credit/weights.hpp"

#include <algorithm>
#include <map>
#include <type_traits>

#include "runtime/plan/plan.hpp"
#include "runtime/value/amount.hpp"
#include "runtime/value/halving.hpp"

namespace rulebook::credit {

using plan::SplitModel;

std::string_view words(PassReason reason) {
    switch (reason) {
#define RB_PASS_REASON(Name, words)                                                                \
    case PassReason::Name:                                                                         \
        return words;
#include "runtime/credit/pass_reasons.def"
    }
    return "?";
}

const plan::ExactWeight* weight_of(const Model& model, const plan::Value& key) {
    const auto found =
        std::lower_bound(model.weights.begin(), model.weights.end(), key,
                         [](const plan::KeyWeight& weight, const plan::Value& sought) {
                             return weight.key < sought;
                         });
    return found != model.weights.end() && found->key == key ? &found->weight : nullptr;
}

std::optional<PassReason> passes_by_facts(const Model& model, const DealFacts& facts) {
    if (model.kind == SplitModel::Markov && model.weights_missing)
        return PassReason::NoWeightsFile;
    if (model.kind != SplitModel::Incremental)
        return std::nullopt;
    if (!facts.unassisted || !facts.assisted)
        return PassReason::RatesUnknown;
    if (*facts.assisted <= 0)
        return PassReason::AssistedNotPositive;
    return std::nullopt;
}

namespace {

template <SplitModel kind>
using ModelTag = std::integral_constant<SplitModel, kind>;
using Weighed = std::variant<Weights, PassReason>;
using Touches = std::span<const Touch>;

Rational portion(std::int64_t millionths) {
    return {millionths, kMillionthsPerOne};
}

// Parts of the touches, of `whole`.
Weights parts(std::vector<Integer> numerators, Integer whole) {
    return {{std::move(numerators), std::move(whole)}, {}};
}

Weights parts_of_their_sum(std::vector<Integer> numerators) {
    Integer sum = 0;
    for (const Integer& numerator : numerators)
        sum += numerator;
    return parts(std::move(numerators), std::move(sum));
}

Weights no_touch_weights(Touches touches) {
    return parts(std::vector<Integer>(touches.size()), 1);
}

Weights equal_weights(Touches touches) {
    return parts(std::vector<Integer>(touches.size(), 1), Integer(touches.size()));
}

Weighed weigh(ModelTag<SplitModel::First>, const Model&, const DealFacts&, Touches touches) {
    Weights weights = no_touch_weights(touches);
    weights.touches.numerators.front() = 1;
    return weights;
}

Weighed weigh(ModelTag<SplitModel::Last>, const Model&, const DealFacts&, Touches touches) {
    Weights weights = no_touch_weights(touches);
    weights.touches.numerators.back() = 1;
    return weights;
}

using KeyCounts = std::map<plan::Value, std::size_t>;

KeyCounts counts_of_keys(const Model& model, Touches touches) {
    KeyCounts counts;
    for (const Touch& touch : touches)
        ++counts[touch.keys[*model.key]];
    return counts;
}

// A multiple of every count: what a key gets divides over its touches without a remainder.
Integer divisible_by_counts(const KeyCounts& counts) {
    Integer multiple = 1;
    for (const auto& [key, count] : counts)
        multiple = lcm(multiple, Integer(count));
    return multiple;
}

// 1/n each; by a key: 1/k for each of the k keys, equally within.
Weighed weigh(ModelTag<SplitModel::Equal>, const Model& model, const DealFacts&, Touches touches) {
    if (!model.key)
        return equal_weights(touches);
    const KeyCounts counts = counts_of_keys(model, touches);
    const Integer per_key = divisible_by_counts(counts);
    std::vector<Integer> numerators;
    numerators.reserve(touches.size());
    for (const Touch& touch : touches)
        numerators.push_back(per_key / counts.at(touch.keys[*model.key]));
    return parts(std::move(numerators), per_key * counts.size());
}

// n = 1: all; n = 2: first and last as they stand to each other (both 0: half); else first,
// the middle equally, last.
Weighed weigh(ModelTag<SplitModel::Position>, const Model& model, const DealFacts&,
              Touches touches) {
    const std::size_t count = touches.size();
    if (count == 1 || (count == 2 && model.first + model.last == 0))
        return equal_weights(touches);
    if (count == 2)
        return parts({model.first, model.last}, model.first + model.last);
    const Integer middles = count - 2;
    std::vector<Integer> numerators(count, model.middle);
    numerators.front() = model.first * middles;
    numerators.back() = model.last * middles;
    return parts(std::move(numerators), kMillionthsPerOne * middles);
}

// The last touch until a milestone holds it, and may hold several; the others go equally over the
// touches that hold none. What nobody holds is left out and the rest scaled up; nothing: equal.
Weighed weigh(ModelTag<SplitModel::Milestones>, const Model& model, const DealFacts& facts,
              Touches touches) {
    std::vector<std::int64_t> held(touches.size());
    std::vector<bool> holds(touches.size());
    const auto give = [&](std::size_t touch, std::int64_t share) {
        held[touch] += share;
        holds[touch] = true;
    };
    if (model.first_touch)
        give(0, *model.first_touch);
    for (std::size_t i = 0; i < model.milestones.size(); ++i) {
        if (!facts.milestones[i])
            continue;
        const auto later =
            std::ranges::upper_bound(touches, *facts.milestones[i], {}, &Touch::instant);
        if (later != touches.begin())
            give(static_cast<std::size_t>(later - touches.begin()) - 1, model.milestones[i]);
    }
    const auto rest = std::ranges::count(holds, false);
    const std::int64_t rest_touches = std::max<std::int64_t>(rest, 1);
    std::vector<Integer> numerators;
    for (std::size_t i = 0; i < touches.size(); ++i)
        numerators.push_back(holds[i] ? Integer(held[i]) * rest_touches : Integer(model.others));
    Weights weights = parts_of_their_sum(std::move(numerators));
    if (weights.touches.denominator == 0)
        return equal_weights(touches);
    return weights;
}

// 2^(-(tn - ti)/h), of their sum.
Weighed weigh(ModelTag<SplitModel::Decay>, const Model& model, const DealFacts&, Touches touches) {
    std::vector<Integer> numerators;
    numerators.reserve(touches.size());
    const std::int64_t last = touches.back().instant;
    for (const Touch& touch : touches) // instants ascend, and their distance fits without a sign
        numerators.emplace_back(halving_weight(
            static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(touch.instant),
            static_cast<std::uint64_t>(model.halving_microseconds)));
    return parts_of_their_sum(std::move(numerators));
}

// Weights of keys as integers, over one power of ten.
class WholeWeights {
public:
    explicit WholeWeights(const Model& model) : model_(model) {
        for (const plan::KeyWeight& each : model.weights)
            decimals_ = std::max(decimals_, each.weight.decimals);
        if (model.otherwise)
            decimals_ = std::max(decimals_, model.otherwise->decimals);
    }

    Integer of(const plan::Value& key) const {
        const plan::ExactWeight* weight = weight_of(model_, key);
        if (weight == nullptr && model_.otherwise)
            weight = &*model_.otherwise;
        if (weight == nullptr)
            return 0;
        return weight->digits * pow(Integer(10), decimals_ - weight->decimals);
    }

private:
    const Model& model_;
    std::uint32_t decimals_ = 0;
};

// w/Σw; all 0: equal.
Weighed weigh(ModelTag<SplitModel::Weights>, const Model& model, const DealFacts&,
              Touches touches) {
    const WholeWeights whole(model);
    std::vector<Integer> numerators;
    numerators.reserve(touches.size());
    for (const Touch& touch : touches)
        numerators.push_back(whole.of(touch.keys[*model.key]));
    Weights weights = parts_of_their_sum(std::move(numerators));
    if (weights.touches.denominator == 0)
        return equal_weights(touches);
    return weights;
}

// ω/Σω over the different channels, equally within.
Weighed weigh(ModelTag<SplitModel::Markov>, const Model& model, const DealFacts& facts,
              Touches touches) {
    if (const auto reason = passes_by_facts(model, facts))
        return *reason;
    const WholeWeights whole(model);
    const KeyCounts counts = counts_of_keys(model, touches);
    const Integer per_key = divisible_by_counts(counts);
    std::vector<Integer> numerators;
    numerators.reserve(touches.size());
    for (const Touch& touch : touches) {
        const plan::Value& key = touch.keys[*model.key];
        numerators.push_back(whole.of(key) * (per_key / counts.at(key)));
    }
    Weights weights = parts_of_their_sum(std::move(numerators));
    if (weights.touches.denominator == 0)
        return PassReason::NoPositiveWeight;
    return weights;
}

Weighed weigh(ModelTag<SplitModel::Fixed>, const Model& model, const DealFacts&, Touches touches) {
    Weights weights = no_touch_weights(touches);
    for (const PartyPart& part : model.shares)
        weights.named.push_back({part.party, portion(part.millionths)});
    return weights;
}

// The assisted party's share is what assistance added: max(0, (assisted - unassisted) / assisted).
Weighed weigh(ModelTag<SplitModel::Incremental>, const Model& model, const DealFacts& facts,
              Touches touches) {
    if (const auto reason = passes_by_facts(model, facts))
        return *reason;
    const std::int64_t added = std::max<std::int64_t>(0, *facts.assisted - *facts.unassisted);
    const std::int64_t rest = *facts.assisted - added;
    Weights weights = no_touch_weights(touches);
    weights.named.push_back({model.assisted_party, Rational(added, *facts.assisted)});
    if (model.rest_party)
        weights.named.push_back({*model.rest_party, Rational(rest, *facts.assisted)});
    else
        weights.touches = {std::vector<Integer>(touches.size(), rest),
                           Integer(*facts.assisted) * touches.size()};
    return weights;
}

} // namespace

std::variant<Weights, PassReason> weigh(const Model& model, const DealFacts& facts,
                                        std::span<const Touch> touches) {
    switch (model.kind) {
#define RB_SPLIT_MODEL(Name, id, spelling)                                                         \
    case SplitModel::Name:                                                                         \
        return weigh(ModelTag<SplitModel::Name>(), model, facts, touches);
#include "runtime/plan/split_models.def"
    }
    return PassReason::NoPositiveWeight;
}

} // namespace rulebook::credit
