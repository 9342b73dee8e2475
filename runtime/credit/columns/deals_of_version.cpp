#include "runtime/credit/columns/deals_of_version.hpp"

#include <algorithm>
#include <limits>

#include "runtime/data/numbered_values.hpp"
#include "runtime/interpret/span.hpp"

namespace rulebook::credit::columns {

using interpret::Record;
using Filter = VersionColumns::Filter;

namespace {

constexpr std::uint8_t kNotAsked = 2;

template <class T>
std::span<const T> part(std::span<const T> all, RowIndex first, std::size_t count) {
    return all.empty() ? all : all.subspan(first, count);
}

std::size_t most_milestones(const VersionColumns& version) {
    std::size_t most = 0;
    for (const ColumnModel& model : version.models)
        most = std::max(most, model.milestones.size());
    return most;
}

} // namespace

DealsOfVersion::DealsOfVersion(const VersionColumns& version, const CreditShapes& shapes,
                               interpret::Evaluator& evaluator)
    : version_(version), shapes_(shapes), evaluator_(evaluator),
      all_(version.touches(evaluator.dataset())), division_(version.rule),
      milestones_(most_milestones(version)), milestone_known_(milestones_.size()),
      asked_(version.models.size()), gathered_keys_(version.keys_of_touch.size()) {}

void DealsOfVersion::start(Record root, const interpret::FiredLookup* fired) {
    root_ = root;
    fired_ = fired;
    const data::Dataset& dataset = evaluator_.dataset();
    const plan::Entity& entity = shapes_.plan().schema.entities[version_.credit->touches];
    const data::RowRange rows = dataset.children(version_.credit->touches, root.row);
    const data::Column& times =
        dataset.table(version_.credit->touches).column(*entity.visible_from());
    first_touch_ = rows.first;
    last_touch_ = rows.last;
    while (first_touch_ < last_touch_ && !times.known(first_touch_))
        ++first_touch_;
    taken_is_known_ = false;
    for (auto* each : {&since_, &until_, &amounts_, &unassisted_, &assisted_, &gathered_instants_,
                       &gathered_sequences_})
        each->clear();
    for (auto* each : {&first_, &last_, &taken_rows_, &gathered_rows_})
        each->clear();
    for (auto& each : milestones_)
        each.clear();
    for (auto& each : milestone_known_)
        each.clear();
    for (auto& each : asked_)
        each.clear();
    taken_until_.assign(1, 0);
    gathered_known_.clear();
    gathered_parties_.clear();
    for (auto& each : gathered_keys_)
        each.clear();
}

// Whether the filter is true of the touch. Without a deal and at any instant where it asks neither.
bool DealsOfVersion::takes(RowIndex touch, std::optional<RowIndex> deal, std::int64_t instant) {
    const DealRow row{shapes_, evaluator_, *version_.credit, root_, deal, fired_};
    return is_among(row, touch, instant).is_true();
}

// Once for an account, where the deal says nothing to it.
void DealsOfVersion::find_taken() {
    if (taken_is_known_)
        return;
    taken_is_known_ = true;
    taken_.resize(last_touch_ - first_touch_);
    if (version_.filter == Filter::OfTouch) {
        for (RowIndex touch = first_touch_; touch < last_touch_; ++touch)
            taken_[touch - first_touch_] = takes(touch, std::nullopt, all_.instants[touch]) ? 1 : 0;
        return;
    }
    const data::Column& column =
        evaluator_.dataset().table(version_.credit->touches).column(version_.filter_field);
    for (RowIndex touch = first_touch_; touch < last_touch_; ++touch) {
        const std::size_t number = data::number_of_value(column, touch);
        if (number >= taken_of_value_.size())
            taken_of_value_.resize(number + 1, kNotAsked);
        if (taken_of_value_[number] == kNotAsked)
            taken_of_value_[number] = takes(touch, std::nullopt, all_.instants[touch]) ? 1 : 0;
        taken_[touch - first_touch_] = taken_of_value_[number];
    }
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

// The touches of the deal, one by one.
void DealsOfVersion::gather(RowIndex deal, std::int64_t since, std::int64_t at) {
    for (RowIndex touch = first_touch_; touch < last_touch_; ++touch) {
        if (all_.instants[touch] < since || all_.instants[touch] > at || !takes(touch, deal, at))
            continue;
        gathered_rows_.push_back(touch);
        gathered_instants_.push_back(all_.instants[touch]);
        gathered_parties_.push_back(all_.parties[touch]);
        if (!all_.sequences.empty()) {
            gathered_sequences_.push_back(all_.sequences[touch]);
            gathered_known_.push_back(all_.sequence_known[touch]);
        }
        for (std::size_t i = 0; i < gathered_keys_.size(); ++i)
            gathered_keys_[i].push_back(version_.keys_of_touch[i][touch]);
        taken_rows_.push_back(touch);
    }
}

void DealsOfVersion::list_taken(std::int64_t since, std::int64_t at) {
    for (RowIndex touch = first_touch_; touch < last_touch_; ++touch)
        if (all_.instants[touch] >= since && all_.instants[touch] <= at &&
            (version_.filter == Filter::None || taken_[touch - first_touch_] != 0))
            taken_rows_.push_back(touch);
}

void DealsOfVersion::note(const DealFacts& facts, std::uint32_t row) {
    unassisted_[row] = facts.unassisted.value_or(0);
    assisted_[row] = facts.assisted.value_or(0);
    for (std::size_t i = 0; i < facts.milestones.size(); ++i) {
        milestones_[i][row] = facts.milestones[i].value_or(0);
        milestone_known_[i][row] = facts.milestones[i] ? 1 : 0;
    }
}

// The first model whose condition is true and that the deal's facts let divide.
std::optional<std::uint32_t> DealsOfVersion::choose(const DealRow& deal, std::int64_t at,
                                                    std::uint32_t row) {
    DealExpressions then(deal, at);
    if (version_.asks_touches)
        then.take(taken_for(row));
    for (std::uint32_t i = 0; i < version_.models.size(); ++i) {
        const plan::Split& split = version_.credit->splits[i];
        if (split.when != plan::kNoNode && !then.condition(split.when).is_true())
            continue;
        const Model& model = version_.version->models[i];
        if (model.kind != plan::SplitModel::Incremental &&
            model.kind != plan::SplitModel::Milestones && model.kind != plan::SplitModel::Markov)
            return i;
        const DealFacts facts = facts_of(split, then, at);
        if (passes_by_facts(model, facts))
            continue;
        note(facts, row);
        return i;
    }
    return std::nullopt;
}

std::optional<DealsOfVersion::Place> DealsOfVersion::add(RowIndex deal, std::int64_t at,
                                                         std::int64_t amount) {
    const auto row = static_cast<std::uint32_t>(amounts_.size());
    const std::int64_t from = since(at);
    amounts_.push_back(amount);
    unassisted_.push_back(0);
    assisted_.push_back(0);
    for (auto& each : milestones_)
        each.push_back(0);
    for (auto& each : milestone_known_)
        each.push_back(0);
    if (by_deal()) {
        first_.push_back(static_cast<RowIndex>(gathered_rows_.size()));
        gather(deal, from, at);
        last_.push_back(static_cast<RowIndex>(gathered_rows_.size()));
    } else {
        first_.push_back(0);
        last_.push_back(last_touch_ - first_touch_);
        if (version_.filter != Filter::None)
            find_taken();
        if (version_.asks_touches)
            list_taken(from, at);
    }
    since_.push_back(from);
    until_.push_back(at);
    taken_until_.push_back(static_cast<std::uint32_t>(taken_rows_.size()));
    const auto model = choose(row_of(deal), at, row);
    if (!model)
        return std::nullopt;
    asked_[*model].push_back(row);
    return Place{row, *model};
}

TouchColumns DealsOfVersion::touches() {
    keys_.clear();
    if (by_deal()) {
        keys_.assign(gathered_keys_.begin(), gathered_keys_.end());
        return {.instants = gathered_instants_,
                .parties = gathered_parties_,
                .sequences = gathered_sequences_,
                .sequence_known = gathered_known_,
                .keys = keys_};
    }
    const std::size_t count = last_touch_ - first_touch_;
    for (const std::vector<Code>& each : version_.keys_of_touch)
        keys_.push_back(part(std::span(each), first_touch_, count));
    TouchColumns touches{.instants = part(all_.instants, first_touch_, count),
                         .parties = part(all_.parties, first_touch_, count),
                         .sequences = part(all_.sequences, first_touch_, count),
                         .sequence_known = part(all_.sequence_known, first_touch_, count),
                         .keys = keys_};
    if (version_.filter != Filter::None)
        touches.taken = taken_;
    return touches;
}

void DealsOfVersion::divide() {
    divided_.start(amounts_.size());
    const TouchColumns touched = touches();
    std::vector<std::span<const std::int64_t>> milestones(milestones_.begin(), milestones_.end());
    std::vector<std::span<const std::uint8_t>> known(milestone_known_.begin(),
                                                     milestone_known_.end());
    const DealColumns deals{.first_touch = first_,
                            .last_touch = last_,
                            .since = since_,
                            .until = until_,
                            .amounts = amounts_,
                            .facts = {.unassisted = unassisted_,
                                      .assisted = assisted_,
                                      .milestones = milestones,
                                      .milestone_known = known}};
    for (std::size_t model = 0; model < asked_.size(); ++model)
        if (!asked_[model].empty())
            division_.divide(version_.models[model], touched, deals, asked_[model], divided_);
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
