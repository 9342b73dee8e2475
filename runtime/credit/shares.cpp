#include "runtime/credit/shares.hpp"

#include <algorithm>
#include <numeric>

#include "runtime/value/amount.hpp"

namespace rulebook::credit {

namespace {

PartyShare& share_of(std::vector<PartyShare>& parties, const Party& party) {
    const auto found = std::ranges::find_if(
        parties, [&](const PartyShare& each) { return each.party.same_as(party); });
    if (found != parties.end())
        return *found;
    return parties.emplace_back(PartyShare{.party = party});
}

bool ties_before(const PartyShare& left, const PartyShare& right) {
    if (left.first_rank != right.first_rank)
        return left.first_rank < right.first_rank;
    if (left.party.name != right.party.name)
        return left.party.name < right.party.name;
    return left.party.kind < right.party.kind;
}

Rational floor_of(const PartyShare& party) {
    return {party.floor.value_or(0), kMillionthsPerOne};
}

} // namespace

std::vector<PartyShare> shares_of_parties(std::span<const Touch> touches, const Weights& weights,
                                          std::span<const PartyPart> floors) {
    std::vector<PartyShare> parties;
    for (std::size_t i = 0; i < touches.size(); ++i) {
        PartyShare& party = share_of(parties, touches[i].party);
        party.first_rank = std::min(party.first_rank, touches[i].rank);
        party.touches.push_back(i);
        party.by_model += weights.touches[i];
    }
    for (const PartyWeight& named : weights.named)
        share_of(parties, named.party).by_model += named.share;
    for (const PartyPart& floor : floors)
        share_of(parties, floor.party).floor = floor.millionths;
    for (PartyShare& party : parties)
        party.share = party.by_model;
    std::ranges::sort(parties, ties_before);
    return parties;
}

void apply_floors(std::vector<PartyShare>& parties) {
    for (bool fell = true; fell;) {
        fell = false;
        for (PartyShare& party : parties)
            if (!party.raised && party.share < floor_of(party))
                party.raised = fell = true;
        Rational floored = 0;
        Rational others = 0;
        for (const PartyShare& party : parties)
            (party.raised ? floored : others) += party.raised ? floor_of(party) : party.by_model;
        for (PartyShare& party : parties)
            party.share =
                party.raised ? floor_of(party) : Rational(party.by_model * (1 - floored) / others);
    }
}

Rounded round_by_largest_remainder(const Integer& whole, std::span<const Rational> parts) {
    Rounded rounded;
    std::vector<Rational> remainders;
    Integer left = whole;
    for (const Rational& part : parts) {
        const Rational exact = part * whole;
        const Integer down = numerator(exact) / denominator(exact);
        left -= down;
        rounded.amounts.push_back(down);
        remainders.emplace_back(exact - down);
    }
    rounded.units = left.convert_to<std::int64_t>();
    rounded.got_unit.resize(parts.size());
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](auto a, auto b) {
        return remainders[a] == remainders[b] ? a < b : remainders[a] > remainders[b];
    });
    for (std::size_t i = 0; i < static_cast<std::size_t>(rounded.units); ++i) {
        ++rounded.amounts[order[i]];
        rounded.got_unit[order[i]] = true;
    }
    return rounded;
}

} // namespace rulebook::credit
