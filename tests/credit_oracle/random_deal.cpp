#include "tests/credit_oracle/random_deal.hpp"

#include <limits>

#include "tests/credit_oracle/random_model.hpp"

namespace rulebook::credit_oracle {

namespace {

using generator::Randomness;

std::size_t random_count(Randomness& random) {
    if (random.one_in(20))
        return 0;
    if (random.one_in(100))
        return random.below(501);
    if (random.one_in(10))
        return random.below(40);
    return 1 + random.below(6);
}

std::int64_t random_amount(Randomness& random) {
    using Limits = std::numeric_limits<std::int64_t>;
    switch (random.below(8)) {
    case 0:
        return random.between(-3, 3);
    case 1:
        return random.one_in(2) ? Limits::max() : Limits::min();
    case 2:
        return random.between(Limits::min() / 2, Limits::max() / 2);
    case 3:
        return -random.between(0, 100'000);
    default:
        return random.between(0, 10'000'000);
    }
}

std::vector<std::string> random_names(Randomness& random) {
    // "unknown" is also what the party of a touch without one is called.
    std::vector<std::string> names = {"b",       "a",         "sales", "product", "Sales",
                                      "unknown", "marketing", "é",     "a b",     "z"};
    random.shuffle(names);
    names.resize(1 + random.below(6));
    return names;
}

std::int64_t random_gap(Randomness& random) {
    constexpr std::int64_t kDay = 86'400'000'000;
    if (random.one_in(3))
        return 0;
    if (random.one_in(3))
        return random.between(1, 2'000);
    return random.one_in(2) ? random.between(1, 30) * kDay : random.between(1, 30 * kDay);
}

std::vector<Touch> random_touches(Randomness& random, std::size_t parties, int keys) {
    const std::size_t count = random_count(random);
    std::vector<Touch> touches;
    std::int64_t instant = random.between(-1'000'000'000'000, 2'000'000'000'000'000);
    std::uint32_t rank = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::int64_t gap = i == 0 ? 0 : random_gap(random);
        instant += gap;
        if (gap != 0 || random.one_in(3))
            ++rank;
        const int party = static_cast<int>(random.below(parties + 1)) - 1;
        const int key = static_cast<int>(random.below(static_cast<std::size_t>(keys) + 1)) - 1;
        touches.push_back({party, instant, rank, key});
    }
    return touches;
}

// Floors as large as what equal shares give, or a millionth beside that; or any.
std::vector<PartyPart> random_floors(Randomness& random, const Deal& deal) {
    constexpr std::int64_t kWhole = 1'000'000;
    std::vector<PartyPart> floors;
    std::int64_t left = kWhole;
    const auto touches = static_cast<std::int64_t>(deal.touches.size());
    for (std::size_t party = 0; party < deal.names.size(); ++party) {
        if (random.one_in(2))
            continue;
        std::int64_t floor = random.between(0, left);
        if (touches > 0 && random.one_in(2))
            floor = kWhole * random.between(0, touches) / touches + random.between(-1, 1);
        if (random.one_in(8))
            floor = left; // all of it
        if (floor < 0 || floor > left)
            continue;
        floors.push_back({static_cast<int>(party), floor});
        left -= floor;
    }
    random.shuffle(floors);
    return floors;
}

} // namespace

Deal random_deal(Randomness& random) {
    Deal deal;
    deal.names = random_names(random);
    deal.amount = random_amount(random);
    const int keys = random.one_in(10) ? 40 : 1 + static_cast<int>(random.below(5));
    deal.touches = random_touches(random, deal.names.size(), keys);
    const std::size_t models = 1 + random.below(3);
    for (std::size_t i = 0; i < models; ++i)
        deal.models.push_back(random_model(random, deal, keys));
    if (random.one_in(2))
        deal.floors = random_floors(random, deal);
    if (random.one_in(2))
        deal.without_touches = static_cast<int>(random.below(deal.names.size()));
    return deal;
}

} // namespace rulebook::credit_oracle
