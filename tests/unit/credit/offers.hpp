// Short ways to write touches and models in tests of the division.
#pragma once

#include <string>
#include <vector>

#include "runtime/credit/division.hpp"

namespace rulebook::credit {

inline Party party(const std::string& name) {
    return Party::named(plan::Value::of(name), name);
}

// One touch per name, in order, at the instants 0, 1, 2 …; the name is its key, too.
inline std::vector<Touch> touches(const std::vector<std::string>& parties) {
    std::vector<Touch> made;
    for (const std::string& name : parties)
        made.push_back({.party = party(name),
                        .instant = static_cast<std::int64_t>(made.size()),
                        .rank = static_cast<std::uint32_t>(made.size()),
                        .keys = {plan::Value::of(name)}});
    return made;
}

// A model that keeps what it is offered with.
struct Offer {
    Model model{};
    DealFacts facts{};
    plan::Value condition = plan::Value::of(true);
};

inline Offer offered(plan::SplitModel kind) {
    return {.model = {.kind = kind}};
}

// Parts in percent.
inline Offer position(std::int64_t first, std::int64_t middle, std::int64_t last) {
    Offer made = offered(plan::SplitModel::Position);
    made.model.first = first * 10'000;
    made.model.middle = middle * 10'000;
    made.model.last = last * 10'000;
    return made;
}

// Rates in percent; `rest` empty: by equal.
inline Offer incremental(std::int64_t unassisted, std::int64_t assisted, const std::string& to,
                         const std::string& rest) {
    Offer made = offered(plan::SplitModel::Incremental);
    made.facts.unassisted = unassisted * 10'000;
    made.facts.assisted = assisted * 10'000;
    made.model.assisted_party = party(to);
    if (!rest.empty())
        made.model.rest_party = party(rest);
    return made;
}

inline constexpr std::int64_t kDay = 86'400'000'000;

inline Offer decay(std::int64_t days) {
    Offer made = offered(plan::SplitModel::Decay);
    made.model.halving_microseconds = days * kDay;
    return made;
}

struct Weight {
    const char* key;
    std::int64_t digits;
    std::uint32_t decimals;
};

// By the touches' first key; ascending, as models hold them.
inline Offer weights(const std::vector<Weight>& of_keys,
                     plan::SplitModel kind = plan::SplitModel::Weights) {
    Offer made = offered(kind);
    made.model.key = 0;
    for (const Weight& each : of_keys)
        made.model.weights.push_back(
            {plan::Value::of(std::string(each.key)), {each.digits, each.decimals}});
    return made;
}

// Shares in percent; `first` none: the first touch is no milestone.
inline Offer milestones(
    std::optional<std::int64_t> first,
    const std::vector<std::pair<std::int64_t, std::optional<std::int64_t>>>& shares_and_instants,
    std::int64_t others) {
    Offer made = offered(plan::SplitModel::Milestones);
    if (first)
        made.model.first_touch = *first * 10'000;
    for (const auto& [share, instant] : shares_and_instants) {
        made.model.milestones.push_back(share * 10'000);
        made.facts.milestones.push_back(instant);
    }
    made.model.others = others * 10'000;
    return made;
}

inline Division divide(std::int64_t amount, const std::vector<Touch>& touches,
                       const std::vector<Offer>& offers, const std::vector<PartyPart>& floors = {},
                       const Party& without = Party::unattributed()) {
    std::vector<OfferedModel> models;
    for (const Offer& offer : offers)
        models.push_back({&offer.model, offer.facts, offer.condition});
    return divide(amount, std::span(touches), std::span(models), std::span(floors), without);
}

inline std::int64_t amount_of(const Division& division, const std::string& name) {
    for (const auto& each : division.parties)
        if (each.party.name == name)
            return each.amount;
    return 0;
}

inline std::vector<std::int64_t> amounts(const Division& division) {
    std::vector<std::int64_t> all;
    for (const auto& each : division.parties)
        all.push_back(each.amount);
    return all;
}

} // namespace rulebook::credit
