#include "runtime/credit/division.hpp"

#include "runtime/credit/shares.hpp"
#include "runtime/value/amount.hpp"

namespace rulebook::credit {

namespace {

Integer nearest(const Rational& value) { // not below 0; half to even
    const Integer twice = 2 * denominator(value);
    Integer quotient = (2 * numerator(value) + denominator(value)) / twice;
    const bool tie = (2 * numerator(value) + denominator(value)) % twice == 0;
    if (tie && quotient % 2 != 0)
        --quotient;
    return quotient;
}

Division::Share shown(const Rational& share) {
    return {share.str(), nearest(share * kMillionthsPerOne).convert_to<std::int64_t>()};
}

// The weights of the first model that applies; notes the choice and what passed.
std::optional<Weights> choose(std::span<const OfferedModel> models, std::span<const Touch> touches,
                              Division& division) {
    for (std::size_t i = 0; i < models.size(); ++i) {
        if (!models[i].condition.is_true()) {
            division.passed.push_back({i, models[i].condition.known()
                                              ? PassReason::ConditionFalse
                                              : PassReason::ConditionUnknown});
            continue;
        }
        auto weighed = weigh(*models[i].model, models[i].facts, touches);
        if (const auto* reason = std::get_if<PassReason>(&weighed)) {
            division.passed.push_back({i, *reason});
            continue;
        }
        division.basis = Division::Basis::Model;
        division.model = i;
        return std::get<Weights>(std::move(weighed));
    }
    division.basis = Division::Basis::EveryModelPassed;
    return std::nullopt;
}

Weights all_to(const Party& party, std::size_t touches) {
    return {{std::vector<Integer>(touches), 1}, {{party, Rational(1)}}};
}

// A party's amount over its touches: by their weights, equally where they have none.
std::vector<Division::TouchAmount> over_touches(const PartyShare& party, const Integer& amount,
                                                bool negative, const CommonFractions& weights,
                                                Detail detail) {
    std::vector<Division::TouchAmount> amounts;
    if (party.touches.empty())
        return amounts;
    CommonFractions parts{{}, 0};
    for (const std::size_t touch : party.touches) {
        parts.numerators.push_back(weights.numerators[touch]);
        parts.denominator += weights.numerators[touch];
    }
    if (parts.denominator == 0)
        parts = {std::vector<Integer>(party.touches.size(), 1), Integer(party.touches.size())};
    const Rounded rounded = round_by_largest_remainder(amount, parts);
    for (std::size_t i = 0; i < party.touches.size(); ++i) {
        const Integer signed_amount = negative ? Integer(-rounded.amounts[i]) : rounded.amounts[i];
        Division::TouchAmount& made = amounts.emplace_back();
        made.touch = party.touches[i];
        made.amount = signed_amount.convert_to<std::int64_t>();
        if (detail == Detail::Amounts)
            continue;
        const bool as_before = i > 0 && parts.numerators[i] == parts.numerators[i - 1];
        made.share = as_before ? amounts[i - 1].share
                               : shown(Rational(parts.numerators[i], parts.denominator));
    }
    return amounts;
}

void explain(const PartyShare& party, const Integer& size, Division::PartyAmount& made) {
    made.by_model = shown(party.by_model);
    const Rational exact = party.share * size;
    const Integer scaled = numerator(exact) * Division::PartyAmount::kPartsOfAUnit;
    const Integer parts = scaled / denominator(exact);
    made.exact_amount = exact.str();
    made.exact_parts = parts.convert_to<Int128>();
    made.whole_parts = parts * denominator(exact) == scaled;
    made.exact_whole = denominator(exact) == 1;
}

void distribute(std::int64_t amount, const std::vector<PartyShare>& parties,
                const CommonFractions& weights, Detail detail, Division& division) {
    const bool negative = amount < 0;
    const Integer size = abs(Integer(amount));
    std::vector<Rational> shares;
    shares.reserve(parties.size());
    for (const PartyShare& party : parties)
        shares.push_back(party.share);
    const Rounded rounded = round_by_largest_remainder(size, over_common_denominator(shares));
    division.units_by_rounding = rounded.units;
    for (std::size_t i = 0; i < parties.size(); ++i) {
        const PartyShare& party = parties[i];
        const Integer signed_amount = negative ? Integer(-rounded.amounts[i]) : rounded.amounts[i];
        Division::PartyAmount& made = division.parties.emplace_back();
        made.party = party.party;
        made.floor = party.floor;
        made.raised = party.raised;
        made.share = shown(party.share);
        made.rounded_up = rounded.got_unit[i];
        made.amount = signed_amount.convert_to<std::int64_t>();
        made.touches = over_touches(party, rounded.amounts[i], negative, weights, detail);
        if (detail == Detail::Explained)
            explain(party, size, made);
    }
}

} // namespace

Division divide(std::int64_t amount, std::span<const Touch> touches,
                std::span<const OfferedModel> models, std::span<const PartyPart> floors,
                const Party& without_touches, Detail detail) {
    Division division;
    if (touches.empty()) {
        division.basis = Division::Basis::NoTouch;
        const Weights weights = all_to(without_touches, 0);
        distribute(amount, shares_of_parties(touches, weights, {}), {}, detail, division);
        return division;
    }
    auto weights = choose(models, touches, division);
    if (!weights)
        weights = all_to(Party::unattributed(), touches.size());
    auto parties = shares_of_parties(touches, *weights, floors);
    apply_floors(parties);
    distribute(amount, parties, weights->touches, detail, division);
    return division;
}

} // namespace rulebook::credit
