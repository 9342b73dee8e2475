#include "runtime/credit/comparison.hpp"

#include <algorithm>
#include <array>

#include "runtime/credit/considered_touches.hpp"
#include "runtime/credit/deal_facts.hpp"
#include "runtime/credit/model_text.hpp"
#include "runtime/value/amount.hpp"
#include "runtime/value/calendar.hpp"

namespace rulebook::credit {

namespace {

// What teams usually choose from.
std::vector<plan::Split> usual_splits(plan::FieldIndex party) {
    using plan::SplitModel;
    constexpr std::int64_t kPercent = kMillionthsPerOne / 100;
    constexpr std::int64_t kHalvingDays = 7;
    std::vector<plan::Split> splits;
    for (const SplitModel model : {SplitModel::First, SplitModel::Last, SplitModel::Equal,
                                   SplitModel::Equal, SplitModel::Position, SplitModel::Decay})
        splits.emplace_back().model = model;
    splits[3].by = party;
    splits[4].first = splits[4].last = 40 * kPercent;
    splits[4].middle = 20 * kPercent;
    splits[5].halving_microseconds = kHalvingDays * kMicrosecondsPerDay;
    return splits;
}

Model model_of_usual(const plan::Split& split) {
    Model model{.kind = split.model,
                .first = split.first,
                .middle = split.middle,
                .last = split.last,
                .halving_microseconds = split.halving_microseconds};
    if (split.by)
        model.key = 0; // of the fields that a comparison looks at, the party's is the first
    return model;
}

} // namespace

void Comparison::add(std::string name, Compared compared) {
    if (std::ranges::find(names_, name) != names_.end())
        return;
    names_.push_back(std::move(name));
    compared_.push_back(std::move(compared));
}

void Comparison::add_usual(const plan::Credit& newest) {
    key_fields_.push_back(newest.party_field);
    for (const plan::Split& split : usual_splits(newest.party_field))
        add(model_text(shapes_->plan(), newest, split), {model_of_usual(split)});
}

void Comparison::add_own(const CreditShapes::Version& version) {
    const plan::Credit& credit = shapes_->plan().credits[version.index];
    for (std::size_t i = 0; i < version.models.size(); ++i) {
        Compared compared{version.models[i], &credit.splits[i]};
        if (credit.splits[i].by) {
            compared.model.key = key_fields_.size();
            key_fields_.push_back(*credit.splits[i].by);
        }
        add(model_text(shapes_->plan(), credit, credit.splits[i]), std::move(compared));
    }
}

Result<Comparison> Comparison::prepare(const CreditShapes& shapes, const CreditShapes::Rule& rule) {
    const plan::Plan& plan = shapes.plan();
    const plan::Credit& newest = plan.credits[rule.versions.back().index];
    for (const CreditShapes::Version& version : rule.versions) {
        const plan::Credit& credit = plan.credits[version.index];
        if (credit.touches != newest.touches || credit.party_field != newest.party_field)
            return make_error("credit.comparison",
                              "versions of `" + plan.rules[rule.index].name +
                                  "` credit different parties, so their sums cannot be compared");
    }
    Comparison comparison(shapes, rule);
    comparison.add_usual(newest);
    for (auto version = rule.versions.rbegin(); version != rule.versions.rend(); ++version)
        comparison.add_own(*version);
    return comparison;
}

std::vector<Division> Comparison::divide(interpret::Evaluator& evaluator, interpret::RowIndex root,
                                         const DealCredit& deal,
                                         const interpret::FiredLookup* fired) const {
    const auto version =
        std::ranges::find(rule_->versions, deal.version, &CreditShapes::Version::index);
    const plan::Credit& credit = shapes_->plan().credits[deal.version];
    const DealRow row{*shapes_,  evaluator, credit, {shapes_->plan().schema.root, root},
                      deal.deal, fired};
    const std::int64_t at = deal.at.integer();
    DealExpressions then(row, at);
    then.take(deal.taken);
    const auto touches = touches_to_weigh(row, at, deal.taken, key_fields_);
    std::vector<Division> divisions;
    for (const Compared& each : compared_) {
        const std::array offered{OfferedModel{
            &each.model, each.split == nullptr ? DealFacts{} : facts_of(*each.split, then, at),
            plan::Value::of(true)}};
        divisions.push_back(credit::divide(deal.amount.integer(), touches, offered, version->floors,
                                           version->without_touches, Detail::Amounts));
    }
    return divisions;
}

} // namespace rulebook::credit
