#include "runtime/engine/comparison_sums.hpp"

namespace rulebook::engine {

using credit::Division;
using credit::columns::Code;
using credit::columns::DividedDeals;

namespace {

constexpr std::string_view kAsWritten = "as written";

// Half of what changes: what one party loses another one gets.
Int128 moved_between(const Division& before, const Division& after) {
    std::map<std::pair<std::string, credit::PartyKind>, Int128> change;
    for (const auto& each : before.parties)
        change[{each.party.name, each.party.kind}] -= each.amount;
    for (const auto& each : after.parties)
        change[{each.party.name, each.party.kind}] += each.amount;
    Int128 moved = 0;
    for (const auto& [party, amount] : change)
        moved += amount < 0 ? -amount : amount;
    return moved / 2;
}

// The same of deals by their rows. `change`: by party; 0 before and after.
Int128 moved_between(const DividedDeals& before, const DividedDeals& after, std::uint32_t row,
                     std::vector<Int128>& change) {
    const auto old = before.parties_of[row];
    const auto made = after.parties_of[row];
    for (std::uint32_t i = old.first; i < old.last; ++i)
        change[before.party[i]] -= before.amount[i];
    for (std::uint32_t i = made.first; i < made.last; ++i)
        change[after.party[i]] += after.amount[i];
    Int128 moved = 0;
    const auto take = [&](Code party) {
        moved += change[party] < 0 ? -change[party] : change[party];
        change[party] = 0;
    };
    for (std::uint32_t i = old.first; i < old.last; ++i)
        take(before.party[i]);
    for (std::uint32_t i = made.first; i < made.last; ++i)
        take(after.party[i]);
    return moved / 2;
}

} // namespace

ColumnSums::ColumnSums(const credit::columns::VersionColumns& version)
    : version_(version), models_(version.compared.size() + 1), change_(version.parties.size()) {
    for (Model& model : models_)
        model.by_party.resize(version.parties.size());
}

void ColumnSums::add(const credit::columns::ColumnCredit& credit,
                     const credit::columns::AccountDeal& deal) {
    ++deals_;
    amount_ += deal.amount;
    const DividedDeals& as_written = credit.divided(deal);
    add(models_[0], as_written, deal.row);
    for (std::size_t i = 1; i < models_.size(); ++i) {
        const credit::columns::ComparedDeal compared = credit.compared(deal, i - 1);
        models_[i].passed += compared.passed ? 1 : 0;
        models_[i].moved += moved_between(as_written, compared.divided, deal.row, change_);
        add(models_[i], compared.divided, deal.row);
    }
}

void ColumnSums::add(Model& model, const DividedDeals& divided, std::uint32_t row) {
    const auto parties = divided.parties_of[row];
    for (std::uint32_t i = parties.first; i < parties.last; ++i) {
        if (divided.amount[i] == 0 && divided.share[i] == 0)
            continue;
        ComparedCredit& credit = model.by_party[divided.party[i]];
        ++credit.deals;
        credit.amount += divided.amount[i];
    }
}

ComparisonSums::ComparisonSums(std::uint32_t rule, Currency currency,
                               const credit::Comparison& comparison) {
    sums_.rule = rule;
    sums_.currency = currency;
    sums_.models.push_back({std::string(kAsWritten)});
    for (const std::string& name : comparison.models())
        sums_.models.push_back({name});
}

void ComparisonSums::add(const credit::DealCredit& deal, const std::vector<Division>& divisions) {
    ++sums_.deals;
    sums_.amount += deal.amount.integer();
    add(0, deal.division, deal.division);
    for (std::size_t i = 0; i < divisions.size(); ++i)
        add(i + 1, divisions[i], deal.division);
}

void ComparisonSums::list(const credit::DealCredit& deal) {
    UncreditedSum& sum = uncredited_[*deal.uncredited];
    sum.cause = *deal.uncredited;
    ++sum.deals;
    sum.without_amount += deal.amount.known() ? 0 : 1;
    sum.amount += deal.amount.known() ? deal.amount.integer() : 0;
}

void ComparisonSums::add(const ComparisonSums& more) {
    for (const auto& [cause, theirs] : more.uncredited_) {
        UncreditedSum& sum = uncredited_[cause];
        sum.cause = cause;
        sum.deals += theirs.deals;
        sum.without_amount += theirs.without_amount;
        sum.amount += theirs.amount;
    }
    sums_.deals += more.sums_.deals;
    sums_.amount += more.sums_.amount;
    for (std::size_t model = 0; model < sums_.models.size(); ++model) {
        sums_.models[model].passed += more.sums_.models[model].passed;
        sums_.models[model].moved += more.sums_.models[model].moved;
    }
    for (const auto& [key, theirs] : more.parties_) {
        ComparedParty& party = party_of(theirs.party);
        for (std::size_t model = 0; model < sums_.models.size(); ++model) {
            party.by_model[model].deals += theirs.by_model[model].deals;
            party.by_model[model].amount += theirs.by_model[model].amount;
        }
    }
}

void ComparisonSums::add(const ColumnSums& more) {
    sums_.deals += more.deals();
    sums_.amount += more.amount();
    const credit::columns::PartyCodes& parties = more.version().parties;
    for (std::size_t model = 0; model < more.models(); ++model) {
        sums_.models[model].passed += more.passed(model);
        sums_.models[model].moved += more.moved(model);
        for (Code code = 0; code < parties.size(); ++code) {
            const ComparedCredit& theirs = more.of(model, code);
            if (theirs.deals == 0)
                continue;
            ComparedCredit& credit = party_of(parties.party(code)).by_model[model];
            credit.deals += theirs.deals;
            credit.amount += theirs.amount;
        }
    }
}

CreditComparison ComparisonSums::take() {
    for (auto& [key, party] : parties_)
        sums_.parties.push_back(std::move(party));
    for (const auto& [cause, sum] : uncredited_)
        sums_.uncredited.push_back(sum);
    return std::move(sums_);
}

void ComparisonSums::add(std::size_t model, const Division& division, const Division& as_written) {
    ComparedModel& compared = sums_.models[model];
    if (division.basis == Division::Basis::EveryModelPassed)
        ++compared.passed;
    compared.moved += moved_between(as_written, division);
    for (const auto& each : division.parties) {
        if (each.amount == 0 && each.share.millionths == 0)
            continue;
        ComparedParty& party = party_of(each.party);
        ++party.by_model[model].deals;
        party.by_model[model].amount += each.amount;
    }
}

ComparedParty& ComparisonSums::party_of(const credit::Party& party) {
    ComparedParty& found = parties_[{party.name, party.kind}];
    found.party = party;
    found.by_model.resize(sums_.models.size());
    return found;
}

} // namespace rulebook::engine
