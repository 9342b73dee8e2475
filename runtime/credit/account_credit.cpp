#include "runtime/credit/account_credit.hpp"

#include <algorithm>
#include <set>

#include "runtime/credit/considered_touches.hpp"
#include "runtime/credit/deal_facts.hpp"

namespace rulebook::credit {

using interpret::Record;
using interpret::RowIndex;
using plan::Value;

namespace {

// How much a version has to say about a deal; of several versions the one that says most counts.
enum class Claim : std::uint8_t { None, NotInForce, Unknown, Later, Credits };

struct Claimed {
    Claim claim = Claim::None;
    DealCredit credit;
};

// Whether the version is about the deal: `for` at as_of, then `at`, then whether it is in force.
Claimed claim_of(const DealRow& row, std::int64_t as_of) {
    const DealExpressions now(row, as_of);
    Claimed result;
    DealCredit& credit = result.credit;
    credit.judged = now.condition(row.credit.deal_where);
    if (credit.judged.is_false())
        return result;
    credit.at = now.value(row.credit.at);
    credit.amount = now.value(row.credit.divide);
    if (!credit.judged.known() || !credit.at.known()) {
        credit.uncredited = credit.judged.known() ? Uncredited::AtUnknown : Uncredited::ForUnknown;
        result.claim = Claim::Unknown;
    } else if (credit.at.integer() > as_of) {
        result.claim = Claim::Later;
    } else if (!row.credit.effective.contains(credit.at.integer())) {
        credit.uncredited = Uncredited::NotInForce;
        result.claim = Claim::NotInForce;
    } else {
        result.claim = Claim::Credits;
    }
    return result;
}

// Parties of touches that learnt weights do not know, where these divided the deal.
std::vector<Party> parties_unseen(const CreditShapes::Version& version, const Division& division,
                                  std::span<const Touch> touches) {
    std::vector<Party> unseen;
    if (division.basis != Division::Basis::Model ||
        version.models[division.model].kind != plan::SplitModel::Markov)
        return unseen;
    const Model& model = version.models[division.model];
    for (const Touch& touch : touches)
        if (weight_of(model, touch.keys[*model.key]) == nullptr &&
            std::ranges::none_of(unseen,
                                 [&](const Party& party) { return party.same_as(touch.party); }))
            unseen.push_back(touch.party);
    return unseen;
}

void divide_deal(const DealRow& row, const CreditShapes::Version& version, Detail detail,
                 DealCredit& credit) {
    const std::int64_t at = credit.at.integer();
    DealExpressions then(row, at);
    credit.amount = then.value(row.credit.divide);
    if (!credit.amount.known()) {
        credit.uncredited = Uncredited::AmountUnknown;
        return;
    }
    credit.touches = consider_touches(row, at);
    for (const ConsideredTouch& touch : credit.touches)
        if (touch.standing == ConsideredTouch::Standing::Taken)
            credit.taken.push_back(touch.row);
    then.take(credit.taken);

    std::vector<OfferedModel> models;
    for (std::size_t i = 0; i < version.models.size(); ++i) {
        const plan::Split& split = row.credit.splits[i];
        credit.conditions.push_back(then.condition(split.when));
        credit.facts.push_back(facts_of(split, then, at));
        models.push_back({&version.models[i], credit.facts.back(), credit.conditions.back()});
    }
    const auto touches = touches_to_weigh(row, at, credit.taken, version.key_fields);
    credit.division = divide(credit.amount.integer(), touches, models, version.floors,
                             version.without_touches, detail);
    credit.unseen = parties_unseen(version, credit.division, touches);

    const interpret::CreditedLookup credited = [&](const Value& party) {
        const Party asked = party_of(row.shapes.plan(), row.credit, party);
        for (const Division::PartyAmount& each : credit.division.parties)
            if (each.party.same_as(asked))
                return Value::of(each.amount);
        return Value::of(std::int64_t{0});
    };
    then.credit(credited);
    for (const plan::Flag& flag : row.credit.flags)
        credit.flags.push_back(then.condition(flag.when));
}

} // namespace

std::optional<DealCredit> credit_deal(const CreditShapes& shapes, const CreditShapes::Rule& rule,
                                      interpret::Evaluator& evaluator, Record root, Record deal,
                                      std::int64_t as_of, const interpret::FiredLookup* fired,
                                      Detail detail) {
    Claimed best;
    for (const CreditShapes::Version& version : rule.versions) {
        const plan::Credit& version_credit = shapes.plan().credits[version.index];
        if (version_credit.deals != deal.entity)
            continue;
        const DealRow row{shapes, evaluator, version_credit, root, deal.row, fired};
        Claimed claimed = claim_of(row, as_of);
        if (claimed.claim <= best.claim)
            continue;
        claimed.credit.rule = rule.index;
        claimed.credit.version = version.index;
        claimed.credit.deal = deal.row;
        if (claimed.claim == Claim::Credits)
            divide_deal(row, version, detail, claimed.credit);
        best = std::move(claimed);
    }
    if (best.claim == Claim::None || best.claim == Claim::Later)
        return std::nullopt;
    return std::move(best.credit);
}

std::optional<OtherDeal> other_deal(const CreditShapes& shapes, std::uint32_t rule,
                                    interpret::Evaluator& evaluator, RowIndex root, Record deal,
                                    std::int64_t as_of, const interpret::FiredLookup* fired) {
    const plan::Plan& plan = shapes.plan();
    const bool visible = interpret::Records(plan.schema, evaluator.dataset()).visible(deal, as_of);
    const auto found = std::ranges::find(shapes.rules(), rule, &CreditShapes::Rule::index);
    if (found == shapes.rules().end())
        return std::nullopt;
    std::optional<OtherDeal> other;
    for (const CreditShapes::Version& version : found->versions) {
        const plan::Credit& credit = plan.credits[version.index];
        if (credit.deals != deal.entity)
            continue;
        if (!visible) {
            other = {OtherDeal::Why::NotKnownYet, version.index, {}, {}};
            continue;
        }
        const DealRow row{shapes, evaluator, credit, {plan.schema.root, root}, deal.row, fired};
        const Claimed claimed = claim_of(row, as_of);
        if (claimed.claim != Claim::None && claimed.claim != Claim::Later)
            return std::nullopt;
        if (claimed.claim == Claim::Later)
            other = {OtherDeal::Why::Later, version.index, claimed.credit.judged,
                     claimed.credit.at};
        else if (!other || other->why != OtherDeal::Why::Later)
            other = {OtherDeal::Why::NotFor, version.index, claimed.credit.judged, {}};
    }
    return other;
}

std::vector<DealCredit> credit_deals(const CreditShapes& shapes, interpret::Evaluator& evaluator,
                                     RowIndex root, std::int64_t as_of,
                                     const interpret::FiredLookup* fired, Detail detail) {
    const plan::Plan& plan = shapes.plan();
    const Record root_record{plan.schema.root, root};
    const interpret::Records records(plan.schema, evaluator.dataset());
    std::vector<DealCredit> credits;
    for (const CreditShapes::Rule& rule : shapes.rules()) {
        std::set<plan::EntityIndex> collections;
        for (const CreditShapes::Version& version : rule.versions)
            collections.insert(plan.credits[version.index].deals);
        for (const plan::EntityIndex deals : collections) {
            const data::RowRange rows = evaluator.dataset().children(deals, root);
            for (RowIndex deal = rows.first; deal < rows.last; ++deal) {
                if (!records.visible({deals, deal}, as_of))
                    continue;
                auto credit = credit_deal(shapes, rule, evaluator, root_record, {deals, deal},
                                          as_of, fired, detail);
                if (credit)
                    credits.push_back(std::move(*credit));
            }
        }
    }
    return credits;
}

} // namespace rulebook::credit
