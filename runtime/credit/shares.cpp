#include "runtime/credit/shares.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <utility>

#include "runtime/plan/plan.hpp"
#include "runtime/value/amount.hpp"

namespace rulebook::credit {

namespace {

// Parties as they come up, found by their value.
class Parties {
public:
    PartyShare& share_of(const Party& party) {
        const auto value = party.kind == PartyKind::Named ? party.value : plan::Value();
        auto& places = places_[static_cast<std::size_t>(party.kind)];
        const auto [found, fresh] = places.try_emplace(value, parties_.size());
        if (fresh)
            parties_.push_back(PartyShare{.party = party});
        return parties_[found->second];
    }
    std::vector<PartyShare> take() { return std::move(parties_); }

private:
    std::vector<PartyShare> parties_;
    std::array<std::map<plan::Value, std::size_t>, 3> places_; // by kind
};

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

CommonFractions over_common_denominator(std::span<const Rational> fractions) {
    CommonFractions common;
    for (std::size_t i = 0; i < fractions.size(); ++i)
        if (i == 0 || fractions[i] != fractions[i - 1]) // most are as the one before
            common.denominator = lcm(common.denominator, denominator(fractions[i]));
    common.numerators.reserve(fractions.size());
    for (std::size_t i = 0; i < fractions.size(); ++i)
        common.numerators.push_back(
            i > 0 && fractions[i] == fractions[i - 1]
                ? common.numerators.back()
                : Integer(numerator(fractions[i]) *
                          (common.denominator / denominator(fractions[i]))));
    return common;
}

std::vector<PartyShare> shares_of_parties(std::span<const Touch> touches, const Weights& weights,
                                          std::span<const PartyPart> floors) {
    Parties found;
    for (std::size_t i = 0; i < touches.size(); ++i) {
        PartyShare& party = found.share_of(touches[i].party);
        party.first_rank = std::min(party.first_rank, touches[i].rank);
        party.touches.push_back(i);
    }
    for (const PartyWeight& named : weights.named)
        found.share_of(named.party).by_model += named.share;
    for (const PartyPart& floor : floors)
        found.share_of(floor.party).floor = floor.millionths;
    std::vector<PartyShare> parties = found.take();
    for (PartyShare& party : parties) {
        Integer sum = 0;
        for (const std::size_t touch : party.touches)
            sum += weights.touches.numerators[touch];
        if (sum != 0)
            party.by_model += Rational(sum, weights.touches.denominator);
    }
    for (PartyShare& party : parties)
        party.share = party.by_model;
    std::ranges::sort(parties, ties_before);
    return parties;
}

void apply_floors(std::vector<PartyShare>& parties) {
    if (std::ranges::none_of(parties,
                             [](const PartyShare& party) { return party.floor.has_value(); }))
        return;
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

Rounded round_by_largest_remainder(const Integer& whole, const CommonFractions& parts) {
    const std::size_t count = parts.numerators.size();
    Rounded rounded;
    std::vector<Integer> remainders; // of the common denominator
    Integer left = whole;
    for (std::size_t i = 0; i < count; ++i) {
        Integer down;
        Integer remainder;
        divide_qr(Integer(parts.numerators[i] * whole), parts.denominator, down, remainder);
        left -= down;
        rounded.amounts.push_back(std::move(down));
        remainders.push_back(std::move(remainder));
    }
    rounded.units = left.convert_to<std::int64_t>();
    rounded.got_unit.resize(count);
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](auto a, auto b) {
        const int compared = remainders[a].compare(remainders[b]);
        return compared == 0 ? a < b : compared > 0;
    });
    for (std::size_t i = 0; i < static_cast<std::size_t>(rounded.units); ++i) {
        ++rounded.amounts[order[i]];
        rounded.got_unit[order[i]] = true;
    }
    return rounded;
}

} // namespace rulebook::credit
