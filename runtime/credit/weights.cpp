#include "runtime/credit/weights.hpp"

#include <algorithm>
#include <map>
#include <type_traits>

#include "runtime/plan/plan.hpp"
#include "runtime/value/amount.hpp"

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

namespace {

template <SplitModel kind>
using ModelTag = std::integral_constant<SplitModel, kind>;
using Weighed = std::variant<Weights, PassReason>;
using Touches = std::span<const Touch>;

// What weigh() of a model gives that cannot be weighed yet: can_weigh() is derived from it.
struct NotWeighed {};

Rational portion(std::int64_t millionths) {
    return {millionths, kMillionthsPerOne};
}

Weights no_touch_weights(Touches touches) {
    return {std::vector<Rational>(touches.size()), {}};
}

Weights equal_weights(Touches touches) {
    return {std::vector<Rational>(touches.size(), Rational(1, touches.size())), {}};
}

Weighed weigh(ModelTag<SplitModel::First>, const Model&, Touches touches) {
    Weights weights = no_touch_weights(touches);
    weights.touches.front() = 1;
    return weights;
}

Weighed weigh(ModelTag<SplitModel::Last>, const Model&, Touches touches) {
    Weights weights = no_touch_weights(touches);
    weights.touches.back() = 1;
    return weights;
}

// 1/n each; by a key: 1/k for each of the k keys, equally within.
Weighed weigh(ModelTag<SplitModel::Equal>, const Model& model, Touches touches) {
    if (!model.key)
        return equal_weights(touches);
    std::map<plan::Value, std::size_t> counts;
    for (const Touch& touch : touches)
        ++counts[touch.keys[*model.key]];
    Weights weights;
    for (const Touch& touch : touches)
        weights.touches.emplace_back(1, counts.size() * counts[touch.keys[*model.key]]);
    return weights;
}

// n = 1: all; n = 2: first and last as they stand to each other (both 0: half); else first,
// the middle equally, last.
Weighed weigh(ModelTag<SplitModel::Position>, const Model& model, Touches touches) {
    const std::size_t count = touches.size();
    if (count == 1 || (count == 2 && model.first + model.last == 0))
        return equal_weights(touches);
    Weights weights = no_touch_weights(touches);
    const std::int64_t whole = count == 2 ? model.first + model.last : kMillionthsPerOne;
    weights.touches.front() = Rational(model.first, whole);
    weights.touches.back() = Rational(model.last, whole);
    for (std::size_t i = 1; i + 1 < count; ++i)
        weights.touches[i] = portion(model.middle) / (count - 2);
    return weights;
}

Weighed weigh(ModelTag<SplitModel::Fixed>, const Model& model, Touches touches) {
    Weights weights = no_touch_weights(touches);
    for (const PartyPart& part : model.shares)
        weights.named.push_back({part.party, portion(part.millionths)});
    return weights;
}

// The assisted party's share is what assistance added: max(0, (assisted - unassisted) / assisted).
Weighed weigh(ModelTag<SplitModel::Incremental>, const Model& model, Touches touches) {
    if (!model.unassisted || !model.assisted)
        return PassReason::RatesUnknown;
    if (*model.assisted <= 0)
        return PassReason::AssistedNotPositive;
    const std::int64_t added = std::max<std::int64_t>(0, *model.assisted - *model.unassisted);
    const Rational share(added, *model.assisted);
    const Rational rest = 1 - share;
    Weights weights = no_touch_weights(touches);
    weights.named.push_back({model.assisted_party, share});
    if (model.rest_party)
        weights.named.push_back({*model.rest_party, rest});
    else
        std::fill(weights.touches.begin(), weights.touches.end(), Rational(rest / touches.size()));
    return weights;
}

NotWeighed weigh(ModelTag<SplitModel::Milestones>, const Model&, Touches) {
    return {};
}
NotWeighed weigh(ModelTag<SplitModel::Decay>, const Model&, Touches) {
    return {};
}
NotWeighed weigh(ModelTag<SplitModel::Weights>, const Model&, Touches) {
    return {};
}
NotWeighed weigh(ModelTag<SplitModel::Markov>, const Model&, Touches) {
    return {};
}

template <SplitModel kind>
constexpr bool kWeighs =
    std::is_same_v<decltype(weigh(ModelTag<kind>(), std::declval<const Model&>(), Touches())),
                   Weighed>;

template <SplitModel kind>
Weighed weigh_as(const Model& model, Touches touches) {
    auto weighed = weigh(ModelTag<kind>(), model, touches);
    if constexpr (kWeighs<kind>)
        return weighed;
    else
        return PassReason::NoPositiveWeight; // not reached: fault_of() refuses the model
}

} // namespace

bool can_weigh(SplitModel kind) {
    switch (kind) {
#define RB_SPLIT_MODEL(Name, id, spelling)                                                         \
    case SplitModel::Name:                                                                         \
        return kWeighs<SplitModel::Name>;
#include "runtime/plan/split_models.def"
    }
    return false;
}

std::variant<Weights, PassReason> weigh(const Model& model, std::span<const Touch> touches) {
    switch (model.kind) {
#define RB_SPLIT_MODEL(Name, id, spelling)                                                         \
    case SplitModel::Name:                                                                         \
        return weigh_as<SplitModel::Name>(model, touches);
#include "runtime/plan/split_models.def"
    }
    return PassReason::NoPositiveWeight;
}

std::string_view fault_of(const Model& model) {
    if (!can_weigh(model.kind))
        return "this version cannot weigh the model";
    std::vector<std::int64_t> parts;
    if (model.kind == SplitModel::Position)
        parts = {model.first, model.middle, model.last};
    for (const PartyPart& part : model.shares)
        parts.push_back(part.millionths);
    std::int64_t sum = 0;
    for (const std::int64_t part : parts) {
        if (part < 0 || part > kMillionthsPerOne)
            return "a share is not between 0% and 100%";
        sum += part;
    }
    if ((model.kind == SplitModel::Position || model.kind == SplitModel::Fixed) &&
        sum != kMillionthsPerOne)
        return "the shares do not add up to 100%";
    if (model.unassisted.value_or(0) < 0)
        return "the unassisted rate is below 0%";
    return {};
}

} // namespace rulebook::credit
