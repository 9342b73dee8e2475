#include "runtime/engine/credit_comparison.hpp"

#include <algorithm>
#include <map>

#include "runtime/credit/comparison.hpp"
#include "runtime/engine/selection.hpp"
#include "runtime/trigger/account_triggers.hpp"

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

    CreditComparison take() {
        for (auto& [key, party] : parties_)
            sums_.parties.push_back(std::move(party));
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
            ComparedParty& party = parties_[key_of(each.party)];
            party.party = each.party;
            party.by_model.resize(sums_.models.size());
            ++party.by_model[model].deals;
            party.by_model[model].amount += each.amount;
        }
    }

    CreditComparison sums_;
    std::map<PartyKey, ComparedParty> parties_;
};

class ComparisonRun {
public:
    ComparisonRun(const data::Dataset& dataset, const interpret::PreparedPlan& expressions,
                  const trigger::TriggerShapes& triggers, const credit::CreditShapes& credits,
                  const Selection& selection, std::int64_t as_of)
        : plan_(credits.plan()), credits_(credits), selection_(selection), as_of_(as_of),
          evaluator_(expressions, dataset), triggers_(triggers, evaluator_) {}

    Result<void> prepare() {
        for (const credit::CreditShapes::Rule& rule : credits_.rules()) {
            if (std::ranges::find(selection_.credits, rule.index) == selection_.credits.end())
                continue;
            auto comparison = credit::Comparison::prepare(credits_, rule);
            if (!comparison)
                return tl::unexpected(comparison.error());
            comparisons_.emplace(rule.index, std::move(*comparison));
        }
        return {};
    }

    void add(AccountIndex account) {
        if (!selection_.needs_firings)
            return add_deals(account, nullptr);
        triggers_.run(account, as_of_, nullptr, trigger::AccountTriggers::Keep::Firings);
        const interpret::FiredLookup fired = triggers_.fired();
        add_deals(account, &fired);
    }

    std::vector<CreditComparison> take() {
        std::vector<CreditComparison> all;
        for (auto& [key, sums] : sums_)
            all.push_back(sums.take());
        return all;
    }

private:
    void add_deals(AccountIndex account, const interpret::FiredLookup* fired) {
        for (const credit::DealCredit& deal : credit::credit_deals(
                 credits_, evaluator_, account, as_of_, fired, credit::Detail::Amounts)) {
            const auto comparison = comparisons_.find(deal.rule);
            if (comparison == comparisons_.end() || !deal.credited())
                continue;
            const Currency currency =
                plan_.node(plan_.credits[deal.version].divide).type.currency();
            Sums& sums = sums_
                             .try_emplace({deal.rule, std::string(currency.code())}, deal.rule,
                                          currency, comparison->second)
                             .first->second;
            sums.add(deal, comparison->second.divide(evaluator_, account, deal, fired));
        }
    }

    const plan::Plan& plan_;
    const credit::CreditShapes& credits_;
    const Selection& selection_;
    std::int64_t as_of_;
    interpret::Evaluator evaluator_;
    trigger::AccountTriggers triggers_;
    std::map<std::uint32_t, credit::Comparison> comparisons_;    // by rule
    std::map<std::pair<std::uint32_t, std::string>, Sums> sums_; // by rule and currency
};

} // namespace

Result<std::vector<CreditComparison>>
compare_credit(const plan::Plan& plan, const data::Dataset& dataset, const RunOptions& options) {
    const auto selection = Selection::of(plan, options.only);
    if (!selection)
        return tl::unexpected(selection.error());
    const auto as_of = as_of_for(plan, dataset, options.as_of);
    if (!as_of)
        return tl::unexpected(as_of.error());
    const auto expressions = interpret::PreparedPlan::prepare(plan);
    if (!expressions)
        return tl::unexpected(expressions.error());
    const auto triggers = trigger::TriggerShapes::prepare(plan);
    if (!triggers)
        return tl::unexpected(triggers.error());
    const auto credits = credit::CreditShapes::prepare(plan);
    if (!credits)
        return tl::unexpected(credits.error());
    ComparisonRun run(dataset, *expressions, *triggers, *credits, *selection, as_of->value_or(0));
    if (const auto ready = run.prepare(); !ready)
        return tl::unexpected(ready.error());
    const std::size_t accounts = dataset.size(plan.schema.root);
    for (std::size_t account = 0; account < accounts; ++account) {
        run.add(static_cast<AccountIndex>(account));
        constexpr std::size_t kOften = 256;
        if (options.progress && ((account + 1) % kOften == 0 || account + 1 == accounts))
            options.progress(account + 1, accounts);
    }
    return run.take();
}

} // namespace rulebook::engine
