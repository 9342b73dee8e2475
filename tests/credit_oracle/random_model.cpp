#include "tests/credit_oracle/random_model.hpp"

#include <limits>

namespace rulebook::credit_oracle {

namespace {

using generator::Randomness;

constexpr std::int64_t kWhole = 1'000'000;

int any_party(Randomness& random, const Deal& deal) {
    return static_cast<int>(random.below(deal.names.size()));
}

// Different parties of a fixed split.
std::vector<PartyPart> random_shares(Randomness& random, const Deal& deal) {
    std::vector<int> parties;
    for (std::size_t i = 0; i < deal.names.size(); ++i)
        parties.push_back(static_cast<int>(i));
    random.shuffle(parties);
    parties.resize(1 + random.below(parties.size()));
    const auto parts = random_parts(random, parties.size());
    std::vector<PartyPart> shares;
    for (std::size_t i = 0; i < parties.size(); ++i)
        shares.push_back({parties[i], parts[i]});
    return shares;
}

KeyWeight random_weight(Randomness& random, int key) {
    if (random.one_in(5))
        return {key, 0, 0};
    if (random.one_in(3)) // as learnt weights are: 17 digits, and far behind the point
        return {key, random.between(0, std::numeric_limits<std::int64_t>::max() - 1),
                static_cast<std::uint32_t>(random.between(17, 60))};
    return {key, random.between(0, 30), static_cast<std::uint32_t>(random.between(0, 2))};
}

void add_weights(Randomness& random, int keys, Model& model) {
    for (int key = 0; key < keys; ++key)
        if (!random.one_in(4))
            model.weights.push_back(random_weight(random, key));
    if (model.kind == Kind::Weights && random.one_in(2))
        model.otherwise = random_weight(random, 0);
    model.weights_missing = model.kind == Kind::Markov && random.one_in(10);
}

std::optional<std::int64_t> random_instant(Randomness& random, const Deal& deal) {
    if (deal.touches.empty() || random.one_in(5))
        return std::nullopt;
    const std::int64_t near = deal.touches[random.below(deal.touches.size())].instant;
    return near + random.between(-1, 1);
}

void add_milestones(Randomness& random, const Deal& deal, Model& model) {
    const std::size_t count = random.below(4);
    const auto parts = random_parts(random, count + 2);
    if (random.one_in(2))
        model.first_touch = parts[0];
    model.others = parts[1] + (model.first_touch ? 0 : parts[0]);
    for (std::size_t i = 0; i < count; ++i)
        model.milestones.push_back({parts[i + 2], random_instant(random, deal)});
}

std::int64_t random_halving(Randomness& random) {
    constexpr std::int64_t kHour = 3'600'000'000;
    if (random.one_in(3))
        return random.between(1, 1'000);
    return random.between(1, 2'400) * kHour;
}

std::optional<std::int64_t> random_rate(Randomness& random) {
    if (random.one_in(10))
        return std::nullopt;
    if (random.one_in(10))
        return 0;
    return random.one_in(2) ? random.between(0, 20) * 10'000 : random.between(0, kWhole);
}

void add_rates(Randomness& random, const Deal& deal, Model& model) {
    model.unassisted = random_rate(random);
    model.assisted = random_rate(random);
    model.assisted_party = any_party(random, deal);
    if (random.one_in(2))
        model.rest_party = any_party(random, deal); // may be the assisted one, too
}

} // namespace

std::vector<std::int64_t> random_parts(Randomness& random, std::size_t count) {
    const std::int64_t step = random.one_in(2) ? 50'000 : 1;
    std::vector<std::int64_t> parts;
    std::int64_t left = kWhole;
    for (std::size_t i = 1; i < count; ++i) {
        const std::int64_t part = random.one_in(6) ? 0 : random.between(0, left / step) * step;
        parts.push_back(part);
        left -= part;
    }
    parts.push_back(left);
    random.shuffle(parts);
    return parts;
}

Model random_model(Randomness& random, const Deal& deal, int keys) {
    Model model;
    model.kind = static_cast<Kind>(random.below(kKinds));
    if (random.one_in(4))
        model.condition = random.one_in(2) ? Condition::False : Condition::Unknown;
    const auto parts = random_parts(random, 3);
    model.first = parts[0];
    model.middle = parts[1];
    model.last = parts[2];
    add_milestones(random, deal, model);
    model.halving_microseconds = random_halving(random);
    add_weights(random, keys, model);
    model.shares = random_shares(random, deal);
    add_rates(random, deal, model);
    return model;
}

} // namespace rulebook::credit_oracle
