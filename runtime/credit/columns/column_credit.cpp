#include "runtime/credit/columns/column_credit.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "runtime/credit/columns/deals_of_version.hpp"
#include "runtime/interpret/records.hpp"

namespace rulebook::credit::columns {

using interpret::Record;

ColumnCredit::ColumnCredit(const ColumnShapes& shapes, interpret::Evaluator& evaluator)
    : shapes_(shapes), evaluator_(evaluator) {
    const plan::Plan& plan = shapes.shapes().plan();
    for (const VersionColumns& version : shapes.versions())
        versions_.push_back(
            std::make_unique<DealsOfVersion>(version, shapes.shapes(), evaluator, shapes.want()));
    for (const CreditShapes::Rule& rule : shapes.shapes().rules()) {
        if (!std::ranges::binary_search(shapes.rules(), rule.index))
            continue;
        Rule& made = rules_.emplace_back();
        made.rule = &rule;
        std::set<plan::EntityIndex> collections;
        for (const CreditShapes::Version& version : rule.versions) {
            collections.insert(plan.credits[version.index].deals);
            made.places.push_back(shapes.place_of(version));
        }
        made.collections.assign(collections.begin(), collections.end());
    }
}

ColumnCredit::~ColumnCredit() = default;

void ColumnCredit::take_up(const native::CreditCode& code,
                           const interpret::PreparedPlan& expressions, std::int64_t as_of) {
    for (const auto& version : versions_)
        version->values().take_up(code, expressions, as_of);
}

void ColumnCredit::begin(RowIndex first, RowIndex last, std::int64_t as_of) {
    for (const auto& version : versions_)
        version->values().ask(first, last, as_of);
}

std::span<const AccountDeal> ColumnCredit::credit(RowIndex root, std::int64_t as_of,
                                                  const interpret::FiredLookup* fired) {
    const plan::Plan& plan = shapes_.shapes().plan();
    const interpret::Records records(plan.schema, evaluator_.dataset());
    root_ = {plan.schema.root, root};
    as_of_ = as_of;
    fired_ = fired;
    deals_.clear();
    for (const auto& version : versions_)
        version->start(root_, fired);
    for (const Rule& rule : rules_)
        for (const plan::EntityIndex entity : rule.collections) {
            const data::RowRange rows = evaluator_.dataset().children(entity, root);
            for (RowIndex deal = rows.first; deal < rows.last; ++deal)
                if (records.visible({entity, deal}, as_of))
                    look_at(rule, {entity, deal});
        }
    if (deals_.empty())
        return deals_;
    for (const auto& version : versions_)
        version->divide();
    for (AccountDeal& deal : deals_)
        finish(deal);
    std::ranges::sort(deals_, {}, [](const AccountDeal& deal) {
        return std::tuple(!deal.at.has_value(), deal.at.value_or(0), deal.rule, deal.deal);
    });
    return deals_;
}

// By the version that is about the deal and in force at c, as credit_deal finds it. What is unknown
// on the way is left to that, which tells the cause.
void ColumnCredit::look_at(const Rule& rule, Record deal) {
    const CreditShapes& shapes = shapes_.shapes();
    std::optional<std::size_t> found;
    std::int64_t at = 0;
    bool later = false;
    bool not_in_force = false;
    for (std::size_t i = 0; i < rule.places.size() && !found; ++i) {
        const plan::Credit& credit = shapes.plan().credits[rule.rule->versions[i].index];
        if (credit.deals != deal.entity)
            continue;
        const DealRow row{shapes, evaluator_, credit, root_, deal.row, fired_};
        DealExpressions now(row, as_of_);
        if (rule.places[i])
            now.take(versions_[*rule.places[i]]->values().claims());
        const plan::Value judged = now.condition(credit.deal_where);
        if (judged.is_false())
            continue;
        const plan::Value instant = now.value(credit.at);
        if (!judged.known() || !instant.known())
            return credit_alone(rule, deal);
        at = instant.integer();
        if (at > as_of_)
            later = true;
        else if (!credit.effective.contains(at))
            not_in_force = true;
        else
            found = i;
    }
    if (!found) {
        if (not_in_force && !later)
            credit_alone(rule, deal);
        return;
    }
    const auto place = rule.places[*found];
    const std::uint32_t version = rule.rule->versions[*found].index;
    const plan::Credit& credit = shapes.plan().credits[version];
    const DealRow row{shapes, evaluator_, credit, root_, deal.row, fired_};
    DealExpressions then(row, at);
    if (place)
        then.take(versions_[*place]->values().parts());
    const plan::Value amount = then.value(credit.divide);
    if (!place || !amount.known())
        return credit_alone(rule, deal);
    const auto added = versions_[*place]->add(deal.row, at, amount.integer());
    if (!added)
        return credit_alone(rule, deal);
    AccountDeal& made = deals_.emplace_back();
    made.rule = rule.rule->index;
    made.version = version;
    made.deal = deal.row;
    made.at = at;
    made.place = *place;
    made.row = added->row;
    made.amount = amount.integer();
    made.model = added->model;
}

std::optional<DealCredit> ColumnCredit::one(const Rule& rule, Record deal) {
    return credit_deal(shapes_.shapes(), *rule.rule, evaluator_, root_, deal, as_of_, fired_,
                       Detail::Amounts);
}

void ColumnCredit::credit_alone(const Rule& rule, Record deal) {
    auto credit = one(rule, deal);
    if (!credit)
        return;
    ++counts_.otherwise;
    AccountDeal& made = deals_.emplace_back();
    made.rule = credit->rule;
    made.version = credit->version;
    made.deal = deal.row;
    if (credit->at.known())
        made.at = credit->at.integer();
    made.alone = std::make_unique<DealCredit>(*std::move(credit));
}

void ColumnCredit::finish(AccountDeal& deal) {
    if (deal.alone)
        return;
    DealsOfVersion& version = *versions_[deal.place];
    if (version.is_divided(deal.row)) {
        ++counts_.by_columns;
        if (shapes_.want() == Want::Parties)
            return;
        const DealsOfVersion::Place place{deal.row, deal.model};
        deal.unseen = version.has_unseen(place);
        deal.flags = version.flags(deal.deal, *deal.at, place);
        return;
    }
    ++(version.divided().outcomes[deal.row] == Outcome::Passed ? counts_.otherwise
                                                               : counts_.too_large);
    const auto rule = std::ranges::find_if(
        rules_, [&](const Rule& each) { return each.rule->index == deal.rule; });
    if (auto credit = one(*rule, {version.version().credit->deals, deal.deal}))
        deal.alone = std::make_unique<DealCredit>(*std::move(credit));
}

const DividedDeals& ColumnCredit::divided(const AccountDeal& deal) const {
    return versions_[deal.place]->divided();
}

ComparedDeal ColumnCredit::compared(const AccountDeal& deal, std::size_t model) const {
    const ComparedDeals& compared = versions_[deal.place]->compared()[model];
    return {compared.divided, compared.passed[deal.row] != 0};
}

RowIndex ColumnCredit::touch_of(const AccountDeal& deal, RowIndex touch) const {
    return versions_[deal.place]->touch_of(touch);
}

} // namespace rulebook::credit::columns
