#include "runtime/credit/columns/deals_of_version.hpp"

#include <algorithm>
#include <limits>

#include "runtime/interpret/span.hpp"

namespace rulebook::credit::columns {

using interpret::Record;

namespace {

std::size_t most_milestones(const VersionColumns& version) {
    std::size_t most = 0;
    for (const ColumnModel& model : version.models)
        most = std::max(most, model.milestones.size());
    return most;
}

// Whether deals say anything to the model.
bool asks_facts(const Model& model) {
    return model.kind == plan::SplitModel::Incremental ||
           model.kind == plan::SplitModel::Milestones || model.kind == plan::SplitModel::Markov;
}

bool is_divided(Outcome outcome) {
    return outcome == Outcome::Divided || outcome == Outcome::NoTouch;
}

} // namespace

DealsOfVersion::DealsOfVersion(const VersionColumns& version, const CreditShapes& shapes,
                               interpret::Evaluator& evaluator, Want want)
    : version_(version), shapes_(shapes), evaluator_(evaluator), want_(want),
      values_(version, evaluator.dataset()), touches_(version, shapes, evaluator),
      division_(version.rule), facts_(most_milestones(version)), asked_(version.models.size()) {
    for (const ComparedColumns& each : version.compared)
        compared_.emplace_back(each.model.milestones.size());
}

void DealsOfVersion::start(Record root, const interpret::FiredLookup* fired) {
    root_ = root;
    fired_ = fired;
    touches_.start(root, fired, values_.filter());
    for (auto* each : {&since_, &until_, &amounts_})
        each->clear();
    for (auto* each : {&first_, &last_, &taken_rows_})
        each->clear();
    facts_.clear();
    for (auto& each : asked_)
        each.clear();
    for (ComparedDeals& each : compared_) {
        each.facts.clear();
        each.asked.clear();
        each.left.clear();
    }
    taken_until_.assign(1, 0);
}

std::int64_t DealsOfVersion::since(std::int64_t at) const {
    constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::min();
    const auto& lookback = version_.credit->lookback;
    if (!lookback)
        return kEver;
    if (lookback->calendar)
        return interpret::calendar_start(shapes_.zone(), *lookback, at);
    const Int128 first = Int128{at} - lookback->microseconds + 1;
    return first < kEver ? kEver : static_cast<std::int64_t>(first);
}

// The first model whose condition is true and that the deal's facts let divide.
std::optional<std::uint32_t> DealsOfVersion::choose(const DealExpressions& then, std::int64_t at) {
    for (std::uint32_t i = 0; i < version_.models.size(); ++i) {
        const plan::Split& split = version_.credit->splits[i];
        if (split.when != plan::kNoNode && !then.condition(split.when).is_true())
            continue;
        const Model& model = version_.version->models[i];
        if (!asks_facts(model))
            return i;
        const DealFacts facts = facts_of(split, then, at);
        if (passes_by_facts(model, facts))
            continue;
        facts_.note(facts);
        return i;
    }
    return std::nullopt;
}

// Which of the compared models divide the deal, whatever their conditions.
void DealsOfVersion::compare(const DealExpressions& then, std::int64_t at, std::uint32_t row) {
    for (std::size_t i = 0; i < compared_.size(); ++i) {
        const Comparison::Compared& model = *version_.compared[i].compared;
        ComparedDeals& compared = compared_[i];
        compared.facts.add();
        if (!asks_facts(model.model)) {
            compared.asked.push_back(row);
            continue;
        }
        const DealFacts facts = facts_of(*model.split, then, at);
        const bool passes = passes_by_facts(model.model, facts).has_value();
        if (!passes)
            compared.facts.note(facts);
        (passes ? compared.left : compared.asked).push_back(row);
    }
}

std::optional<DealsOfVersion::Place> DealsOfVersion::add(RowIndex deal, std::int64_t at,
                                                         std::int64_t amount) {
    const auto row = static_cast<std::uint32_t>(amounts_.size());
    const std::int64_t from = since(at);
    const AccountTouches::Rows rows = touches_.of(deal, from, at);
    amounts_.push_back(amount);
    first_.push_back(rows.first);
    last_.push_back(rows.last);
    since_.push_back(from);
    until_.push_back(at);
    facts_.add();
    if (version_.asks_touches)
        touches_.list(rows, from, at, taken_rows_);
    taken_until_.push_back(static_cast<std::uint32_t>(taken_rows_.size()));
    const DealRow asked = row_of(deal);
    DealExpressions then(asked, at);
    then.take(values_.parts());
    if (version_.asks_touches)
        then.take(taken_for(row));
    const auto model = choose(then, at);
    compare(then, at, row);
    if (!model)
        return std::nullopt;
    asked_[*model].push_back(row);
    return Place{row, *model};
}

void DealsOfVersion::divide(ComparedDeals& compared, const ColumnModel& model,
                            const TouchColumns& touches, DealColumns deals) {
    DividedDeals& divided = compared.divided;
    divided.start(amounts_.size());
    compared.passed.assign(amounts_.size(), 0);
    deals.facts = compared.facts.columns();
    division_.divide(model, touches, deals, compared.asked, divided, want_);
    for (const std::uint32_t deal : compared.asked)
        if (divided.outcomes[deal] == Outcome::Passed)
            compared.left.push_back(deal);
    division_.divide(version_.nobody, touches, deals, compared.left, divided, want_);
    for (const std::uint32_t deal : compared.left)
        compared.passed[deal] = divided.outcomes[deal] == Outcome::NoTouch ? 0 : 1;
}

void DealsOfVersion::divide() {
    divided_.start(amounts_.size());
    if (amounts_.empty())
        return;
    const TouchColumns touches = touches_.columns();
    const DealColumns deals{.first_touch = first_,
                            .last_touch = last_,
                            .since = since_,
                            .until = until_,
                            .amounts = amounts_,
                            .facts = facts_.columns()};
    for (std::size_t model = 0; model < asked_.size(); ++model)
        if (!asked_[model].empty())
            division_.divide(version_.models[model], touches, deals, asked_[model], divided_,
                             want_);
    for (std::size_t i = 0; i < compared_.size(); ++i)
        divide(compared_[i], version_.compared[i].model, touches, deals);
}

bool DealsOfVersion::is_divided(std::uint32_t row) const {
    return columns::is_divided(divided_.outcomes[row]) &&
           std::ranges::all_of(compared_, [&](const ComparedDeals& each) {
               return columns::is_divided(each.divided.outcomes[row]);
           });
}

bool DealsOfVersion::has_unseen(Place place) const {
    const std::vector<std::uint8_t>& unseen = version_.unseen[place.model];
    if (unseen.empty() || divided_.outcomes[place.row] != Outcome::Divided)
        return false;
    const std::vector<Code>& keys = version_.keys_of_touch[version_.models[place.model].key];
    const auto parties = divided_.parties_of[place.row];
    for (std::uint32_t party = parties.first; party < parties.last; ++party) {
        const auto touches = divided_.touches_of(party);
        for (std::uint32_t touch = touches.first; touch < touches.last; ++touch)
            if (unseen[keys[touch_of(divided_.touch[touch])]] != 0)
                return true;
    }
    return false;
}

std::vector<bool> DealsOfVersion::flags(RowIndex deal, std::int64_t at, Place place) {
    std::vector<bool> flags;
    if (version_.credit->flags.empty())
        return flags;
    const DealRow row = row_of(deal);
    DealExpressions then(row, at);
    then.take(values_.parts());
    if (version_.asks_touches)
        then.take(taken_for(place.row));
    const interpret::CreditedLookup credited = [&](const plan::Value& party) {
        const Code asked = version_.parties.find(party_of(shapes_.plan(), *version_.credit, party));
        const auto parties = divided_.parties_of[place.row];
        for (std::uint32_t i = parties.first; i < parties.last; ++i)
            if (divided_.party[i] == asked)
                return plan::Value::of(divided_.amount[i]);
        return plan::Value::of(std::int64_t{0});
    };
    then.credit(credited);
    for (const plan::Flag& flag : version_.credit->flags)
        flags.push_back(then.condition(flag.when).is_true());
    return flags;
}

} // namespace rulebook::credit::columns
