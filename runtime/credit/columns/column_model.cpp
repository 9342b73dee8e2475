#include "runtime/credit/columns/column_model.hpp"

#include <algorithm>
#include <numeric>

#include "runtime/credit/columns/exact_parts.hpp"
#include "runtime/value/amount.hpp"

namespace rulebook::credit::columns {

using plan::SplitModel;

namespace {

std::uint64_t natural(std::int64_t part) {
    return static_cast<std::uint64_t>(part); // a share of a sound model: not below 0
}

void reduce_position(ColumnModel& model) {
    const std::uint64_t common = std::gcd(std::gcd(model.first, model.middle), model.last);
    for (std::uint64_t* part : {&model.first, &model.middle, &model.last})
        *part /= common; // they add up to 100%: one is above 0
}

// digits × 10^(decimals - their own) where it fits.
std::optional<std::uint64_t> whole_weight(const plan::ExactWeight& weight, std::uint32_t decimals) {
    std::uint64_t made = natural(weight.digits);
    for (std::uint32_t i = weight.decimals; made != 0 && i < decimals; ++i)
        if (__builtin_mul_overflow(made, std::uint64_t{10}, &made))
            return std::nullopt;
    return made;
}

// Integers over one power of ten, by code of the key, and without a common factor.
void take_weights(const Model& from, const KeyCodes& keys, ColumnModel& model) {
    std::uint32_t decimals = 0;
    for (const plan::KeyWeight& each : from.weights)
        if (each.weight.digits != 0)
            decimals = std::max(decimals, each.weight.decimals);
    if (from.otherwise && from.otherwise->digits != 0)
        decimals = std::max(decimals, from.otherwise->decimals);
    std::uint64_t common = 0;
    for (Code code = 0; code < keys.size(); ++code) {
        const plan::ExactWeight* weight = weight_of(from, keys.key(code));
        if (weight == nullptr && from.otherwise)
            weight = &*from.otherwise;
        const auto made =
            weight == nullptr ? std::optional<std::uint64_t>(0) : whole_weight(*weight, decimals);
        model.fits = model.fits && made.has_value();
        model.weights.push_back(made.value_or(0));
        common = std::gcd(common, made.value_or(0));
    }
    for (std::uint64_t& weight : model.weights) {
        weight = common == 0 ? weight : weight / common;
        model.weight_bits = std::max(model.weight_bits, bits_of(weight));
    }
}

} // namespace

ColumnModel ColumnModel::of(const Model& from, PartyCodes& parties, const KeyCodes* keys) {
    ColumnModel model;
    model.kind = from.kind;
    model.by_key = from.key.has_value();
    model.key = from.key.value_or(0);
    switch (from.kind) {
    case SplitModel::Position:
        model.first = natural(from.first);
        model.middle = natural(from.middle);
        model.last = natural(from.last);
        reduce_position(model);
        break;
    case SplitModel::Milestones:
        if (from.first_touch)
            model.first_touch = natural(*from.first_touch);
        std::ranges::transform(from.milestones, std::back_inserter(model.milestones), natural);
        model.others = natural(from.others);
        break;
    case SplitModel::Decay:
        model.halving.emplace(natural(from.halving_microseconds));
        break;
    case SplitModel::Fixed:
        model.whole = kMillionthsPerOne;
        for (const PartyPart& part : from.shares)
            model.shares.push_back({parties.add(part.party), natural(part.millionths)});
        break;
    case SplitModel::Weights:
    case SplitModel::Markov:
        take_weights(from, *keys, model);
        break;
    case SplitModel::Incremental:
        model.assisted = parties.add(from.assisted_party);
        if (from.rest_party)
            model.rest = parties.add(*from.rest_party);
        break;
    case SplitModel::First:
    case SplitModel::Last:
    case SplitModel::Equal:
        break;
    }
    return model;
}

} // namespace rulebook::credit::columns
