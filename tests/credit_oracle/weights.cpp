#include "tests/credit_oracle/weights.hpp"

#include <set>

#include <mpfr.h>

namespace rulebook::credit_oracle {

namespace {

using Shares = std::vector<mpq_class>;

constexpr unsigned long kMillion = 1'000'000;

mpq_class ratio(const mpz_class& over, const mpz_class& under) {
    mpq_class made(over, under);
    made.canonicalize();
    return made;
}

mpq_class percent(std::int64_t millionths) {
    return ratio(mpz_class(static_cast<long>(millionths)), mpz_class(kMillion));
}

Shares equal(std::size_t count) {
    return Shares(count, ratio(1, mpz_class(count)));
}

// Scaled to add up to 1; none if all are 0.
std::optional<Shares> scaled(Shares shares) {
    mpq_class sum = 0;
    for (const mpq_class& share : shares)
        sum += share;
    if (sum == 0)
        return std::nullopt;
    for (mpq_class& share : shares)
        share /= sum;
    return shares;
}

Shares scaled_or_equal(const Shares& shares) {
    return scaled(shares).value_or(equal(shares.size()));
}

Shares position(const Model& model, std::size_t count) {
    if (count == 1)
        return {mpq_class(1)};
    if (count == 2)
        return scaled_or_equal({percent(model.first), percent(model.last)});
    Shares shares(count, percent(model.middle) / mpq_class(mpz_class(count - 2)));
    shares.front() = percent(model.first);
    shares.back() = percent(model.last);
    return shares;
}

std::optional<std::size_t> last_until(const std::vector<Touch>& touches, std::int64_t instant) {
    std::optional<std::size_t> last;
    for (std::size_t i = 0; i < touches.size(); ++i)
        if (touches[i].instant <= instant)
            last = i;
    return last;
}

Shares milestones(const Model& model, const std::vector<Touch>& touches) {
    Shares shares(touches.size(), mpq_class(0));
    std::set<std::size_t> holders;
    if (model.first_touch) {
        holders.insert(0);
        shares[0] += percent(*model.first_touch);
    }
    for (const Milestone& milestone : model.milestones) {
        if (!milestone.instant)
            continue;
        if (const auto holder = last_until(touches, *milestone.instant)) {
            holders.insert(*holder);
            shares[*holder] += percent(milestone.millionths);
        }
    }
    const std::size_t rest = touches.size() - holders.size();
    for (std::size_t i = 0; i < touches.size(); ++i)
        if (!holders.contains(i))
            shares[i] = percent(model.others) / mpq_class(mpz_class(rest));
    return scaled_or_equal(shares);
}

// 2^(-age/halving) to the nearest multiple of 2^-62, half to even (section 5), by MPFR.
mpq_class faded(std::int64_t last, std::int64_t instant, std::int64_t halving) {
    constexpr mpfr_prec_t kBits = 256;
    constexpr unsigned long kFraction = 62;
    mpz_class age = mpz_class(static_cast<long>(last)) - mpz_class(static_cast<long>(instant));
    mpfr_t power;
    mpfr_init2(power, kBits);
    const mpq_class exponent =
        mpq_class(kFraction) - ratio(age, mpz_class(static_cast<long>(halving)));
    mpfr_set_q(power, exponent.get_mpq_t(), MPFR_RNDN);
    mpfr_exp2(power, power, MPFR_RNDN);
    mpz_class count;
    mpfr_get_z(count.get_mpz_t(), power, MPFR_RNDN);
    mpfr_clear(power);
    return ratio(count, mpz_class(1) << kFraction);
}

Shares decay(const Model& model, const std::vector<Touch>& touches) {
    Shares shares;
    for (const Touch& touch : touches)
        shares.push_back(faded(touches.back().instant, touch.instant, model.halving_microseconds));
    return scaled_or_equal(shares); // the last touch weighs 1: never all 0
}

mpq_class decimal(const KeyWeight& weight) {
    mpz_class power;
    mpz_ui_pow_ui(power.get_mpz_t(), 10, weight.decimals);
    return ratio(mpz_class(static_cast<long>(weight.digits)), power);
}

mpq_class weight_of(const Model& model, int key) {
    for (const KeyWeight& weight : model.weights)
        if (weight.key == key)
            return decimal(weight);
    return model.otherwise ? decimal(*model.otherwise) : mpq_class(0);
}

Shares by_weights(const Model& model, const std::vector<Touch>& touches) {
    Shares shares;
    for (const Touch& touch : touches)
        shares.push_back(weight_of(model, touch.key));
    return scaled_or_equal(shares);
}

// A weight each for the different keys, in proportion; a key's goes equally over its touches.
template <class WeightOfKey>
std::optional<Shares> over_keys(const std::vector<Touch>& touches, const WeightOfKey& weight) {
    std::map<int, unsigned long> counts;
    for (const Touch& touch : touches)
        ++counts[touch.key];
    Shares shares;
    for (const Touch& touch : touches)
        shares.push_back(weight(touch.key) / mpq_class(counts.at(touch.key)));
    return scaled(shares);
}

std::optional<ModelWeights> incremental(const Model& model, std::size_t touches) {
    if (!model.unassisted || !model.assisted || *model.assisted <= 0)
        return std::nullopt;
    const mpq_class assisted = percent(*model.assisted);
    mpq_class gain = (assisted - percent(*model.unassisted)) / assisted;
    if (gain < 0)
        gain = 0;
    ModelWeights weights{Shares(touches, mpq_class(0)), {}};
    weights.named[model.assisted_party] += gain;
    if (model.rest_party)
        weights.named[*model.rest_party] += 1 - gain;
    else
        for (mpq_class& share : weights.touches)
            share = (1 - gain) / mpq_class(mpz_class(touches));
    return weights;
}

ModelWeights fixed(const Model& model, std::size_t touches) {
    ModelWeights weights{Shares(touches, mpq_class(0)), {}};
    for (const PartyPart& part : model.shares)
        weights.named[part.party] += percent(part.millionths);
    return weights;
}

Shares all_to_one(std::size_t touch, std::size_t count) {
    Shares shares(count, mpq_class(0));
    shares[touch] = 1;
    return shares;
}

std::optional<ModelWeights> of_touches(std::optional<Shares> shares) {
    if (!shares)
        return std::nullopt;
    return ModelWeights{std::move(*shares), {}};
}

} // namespace

std::optional<ModelWeights> weigh(const Model& model, const std::vector<Touch>& touches) {
    const std::size_t count = touches.size();
    switch (model.kind) {
    case Kind::First:
        return of_touches(all_to_one(0, count));
    case Kind::Last:
        return of_touches(all_to_one(count - 1, count));
    case Kind::Equal:
        return of_touches(equal(count));
    case Kind::EqualByKey:
        return of_touches(over_keys(touches, [](int) { return mpq_class(1); }));
    case Kind::Position:
        return of_touches(position(model, count));
    case Kind::Milestones:
        return of_touches(milestones(model, touches));
    case Kind::Decay:
        return of_touches(decay(model, touches));
    case Kind::Weights:
        return of_touches(by_weights(model, touches));
    case Kind::Fixed:
        return fixed(model, count);
    case Kind::Incremental:
        return incremental(model, count);
    case Kind::Markov:
        if (model.weights_missing)
            return std::nullopt;
        return of_touches(over_keys(touches, [&](int key) { return weight_of(model, key); }));
    }
    return std::nullopt;
}

} // namespace rulebook::credit_oracle
