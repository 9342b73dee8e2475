#include "runtime/credit/journeys.hpp"

#include "runtime/credit/considered_touches.hpp"
#include "runtime/credit/deal_facts.hpp"

namespace rulebook::credit {

using interpret::Record;
using interpret::RowIndex;
using plan::Value;
using Standing = ConsideredTouch::Standing;

namespace {

// The journey over the touches that the rule takes at the instant.
Journey journey_until(const DealRow& row, std::int64_t instant, LeftOut& left_out) {
    const interpret::Records records(row.shapes.plan().schema, row.evaluator.dataset());
    Journey journey;
    for (const ConsideredTouch& touch : consider_touches(row, instant)) {
        if (touch.standing == Standing::AmongUnknown)
            ++left_out.touches_unknown_among;
        if (touch.standing != Standing::Taken)
            continue;
        const Value party = records.field({row.credit.touches, touch.row}, row.credit.party_field,
                                          instant, plan::kNoNode);
        if (party.known())
            journey.parties.push_back(party_of(row.shapes.plan(), row.credit, party));
        else
            ++left_out.touches_of_unknown_party;
    }
    return journey;
}

// Whether the deal is closed; adds its journey.
bool add_deal(const DealRow& row, std::int64_t as_of, AccountJourneys& journeys) {
    const DealExpressions now(row, as_of);
    const Value judged = now.condition(row.credit.deal_where);
    const Value at = now.value(row.credit.at);
    if (!at.known()) {
        journeys.left_out.conversions_without_time += judged.is_true() ? 1 : 0;
        return judged.is_true();
    }
    if (at.integer() > as_of)
        return false;
    if (!judged.known()) {
        ++journeys.left_out.deals_of_unknown_outcome;
        return true;
    }
    journeys.to_deals.push_back(journey_until(row, at.integer(), journeys.left_out));
    journeys.to_deals.back().conversion = judged.is_true();
    return true;
}

} // namespace

LeftOut& LeftOut::operator+=(const LeftOut& more) {
    deals_of_unknown_outcome += more.deals_of_unknown_outcome;
    conversions_without_time += more.conversions_without_time;
    touches_of_unknown_party += more.touches_of_unknown_party;
    touches_unknown_among += more.touches_unknown_among;
    return *this;
}

AccountJourneys journeys_of(const CreditShapes& shapes, const plan::Credit& credit,
                            interpret::Evaluator& evaluator, RowIndex root, std::int64_t as_of,
                            const interpret::FiredLookup* fired) {
    const plan::Plan& plan = shapes.plan();
    const interpret::Records records(plan.schema, evaluator.dataset());
    const Record root_record{plan.schema.root, root};
    AccountJourneys journeys;
    bool closed = false;
    const data::RowRange deals = evaluator.dataset().children(credit.deals, root);
    for (RowIndex deal = deals.first; deal < deals.last; ++deal) {
        if (!records.visible({credit.deals, deal}, as_of))
            continue;
        const DealRow row{shapes, evaluator, credit, root_record, deal, fired};
        closed = add_deal(row, as_of, journeys) || closed;
    }
    if (closed)
        return journeys;
    const DealRow row{shapes, evaluator, credit, root_record, {}, fired};
    Journey journey = journey_until(row, as_of, journeys.left_out);
    if (!journey.parties.empty())
        journeys.to_nothing = std::move(journey);
    return journeys;
}

} // namespace rulebook::credit
