#include "runtime/engine/credit_comparison.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "runtime/credit/comparison.hpp"
#include "runtime/engine/account_firings.hpp"
#include "runtime/engine/over_accounts.hpp"
#include "runtime/engine/prepared.hpp"

namespace rulebook::engine {

namespace {

using credit::Division;
using PartyKey = std::pair<std::string, credit::PartyKind>;

constexpr std::string_view kAsWritten = "as written";

PartyKey key_of(const credit::Party& party) {
    return {party.name, party.kind};
}

// Half of what changes: what one party loses another one gets.
Int128 moved_between(const Division& before, const Division& after) {
    std::map<PartyKey, Int128> change;
    for (const auto& each : before.parties)
        change[key_of(each.party)] -= each.amount;
    for (const auto& each : after.parties)
        change[key_of(each.party)] += each.amount;
    Int128 moved = 0;
    for (const auto& [party, amount] : change)
        moved += amount < 0 ? -amount : amount;
    return moved / 2;
}

// The sums of a rule's deals in one currency, on their way.
class Sums {
public:
    Sums(std::uint32_t rule, Currency currency, const credit::Comparison& comparison) {
        sums_.rule = rule;
        sums_.currency = currency;
        sums_.models.push_back({std::string(kAsWritten)});
        for (const std::string& name : comparison.models())
            sums_.models.push_back({name});
    }

    void add(const credit::DealCredit& deal, const std::vector<Division>& divisions) {
        ++sums_.deals;
        sums_.amount += deal.amount.integer();
        add(0, deal.division, deal.division);
        for (std::size_t i = 0; i < divisions.size(); ++i)
            add(i + 1, divisions[i], deal.division);
    }

    void list(const credit::DealCredit& deal) {
        UncreditedSum& sum = uncredited_[*deal.uncredited];
        sum.cause = *deal.uncredited;
        ++sum.deals;
        sum.without_amount += deal.amount.known() ? 0 : 1;
        sum.amount += deal.amount.known() ? deal.amount.integer() : 0;
    }

    // Of the same rule and currency.
    void add(const Sums& more) {
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

    CreditComparison take() {
        for (auto& [key, party] : parties_)
            sums_.parties.push_back(std::move(party));
        for (const auto& [cause, sum] : uncredited_)
            sums_.uncredited.push_back(sum);
        return std::move(sums_);
    }

private:
    void add(std::size_t model, const Division& division, const Division& as_written) {
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

    ComparedParty& party_of(const credit::Party& party) {
        ComparedParty& found = parties_[key_of(party)];
        found.party = party;
        found.by_model.resize(sums_.models.size());
        return found;
    }

    CreditComparison sums_;
    std::map<PartyKey, ComparedParty> parties_;
    std::map<credit::Uncredited, UncreditedSum> uncredited_;
};

using Comparisons = std::map<std::uint32_t, credit::Comparison>; // by rule

Result<Comparisons> comparisons_of(const Prepared& prepared) {
    Comparisons comparisons;
    for (const credit::CreditShapes::Rule& rule : prepared.credits.rules()) {
        if (std::ranges::find(prepared.selection.credits, rule.index) ==
            prepared.selection.credits.end())
            continue;
        auto comparison = credit::Comparison::prepare(prepared.credits, rule);
        if (!comparison)
            return tl::unexpected(comparison.error());
        comparisons.emplace(rule.index, std::move(*comparison));
    }
    return comparisons;
}

using AllSums = std::map<std::pair<std::uint32_t, std::string>, Sums>; // by rule and currency

// One thread at a time per object.
class AccountComparison {
public:
    AccountComparison(const Prepared& prepared, const Comparisons& comparisons, AllSums& sums)
        : prepared_(prepared), comparisons_(comparisons), sums_(sums),
          evaluator_(prepared.expressions, prepared.dataset), firings_(prepared, evaluator_) {}

    void add(AccountIndex account) {
        const plan::Plan& plan = prepared_.plan;
        const interpret::FiredLookup* fired = firings_.of(account);
        for (const credit::DealCredit& deal :
             credit::credit_deals(prepared_.credits, evaluator_, account, prepared_.as_of, fired,
                                  credit::Detail::Amounts)) {
            const auto comparison = comparisons_.find(deal.rule);
            if (comparison == comparisons_.end())
                continue;
            const Currency currency = plan.node(plan.credits[deal.version].divide).type.currency();
            Sums& sums = sums_
                             .try_emplace({deal.rule, std::string(currency.code())}, deal.rule,
                                          currency, comparison->second)
                             .first->second;
            if (deal.credited())
                sums.add(deal, comparison->second.divide(evaluator_, account, deal, fired));
            else
                sums.list(deal);
        }
    }

private:
    const Prepared& prepared_;
    const Comparisons& comparisons_;
    AllSums& sums_;
    interpret::Evaluator evaluator_;
    AccountFirings firings_;
};

} // namespace

Result<std::vector<CreditComparison>>
compare_credit(const plan::Plan& plan, const data::Dataset& dataset, const RunOptions& options) {
    const auto prepared = Prepared::of(plan, dataset, options.only, options.as_of);
    if (!prepared)
        return tl::unexpected(prepared.error());
    const auto comparisons = comparisons_of(*prepared);
    if (!comparisons)
        return tl::unexpected(comparisons.error());
    const std::size_t accounts = dataset.size(plan.schema.root);
    std::vector<AllSums> by_thread(threads_for(accounts, options.threads));
    over_accounts(
        accounts, by_thread.size(), options.progress, [&](std::size_t thread) -> PieceWork {
            auto run =
                std::make_shared<AccountComparison>(*prepared, *comparisons, by_thread[thread]);
            return [run](const Piece& piece) {
                for (std::size_t i = piece.first; i < piece.last; ++i)
                    run->add(static_cast<AccountIndex>(i));
            };
        });
    for (std::size_t thread = 1; thread < by_thread.size(); ++thread)
        for (auto& [key, sums] : by_thread[thread])
            if (const auto [place, fresh] = by_thread[0].try_emplace(key, sums); !fresh)
                place->second.add(sums);
    std::vector<CreditComparison> all;
    for (auto& [key, sums] : by_thread[0])
        all.push_back(sums.take());
    return all;
}

} // namespace rulebook::engine
