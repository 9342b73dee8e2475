#include "runtime/credit/columns/account_touches.hpp"

#include "runtime/credit/columns/lanes.hpp"
#include "runtime/credit/columns/search.hpp"
#include "runtime/credit/considered_touches.hpp"
#include "runtime/data/numbered_values.hpp"

namespace rulebook::credit::columns {

using Filter = VersionColumns::Filter;

namespace {

constexpr std::uint8_t kNotAsked = 2;

} // namespace

AccountTouches::AccountTouches(const VersionColumns& version, const CreditShapes& shapes,
                               interpret::Evaluator& evaluator)
    : version_(version), shapes_(shapes), evaluator_(evaluator),
      all_(version.touches(evaluator.dataset())), gathered_keys_(version.keys_of_touch.size()) {}

void AccountTouches::start(interpret::Record root, const interpret::FiredLookup* fired,
                           const RecordValues* compiled) {
    root_ = root;
    fired_ = fired;
    compiled_ = compiled;
    const data::Dataset& dataset = evaluator_.dataset();
    const plan::Entity& entity = shapes_.plan().schema.entities[version_.credit->touches];
    const data::RowRange rows = dataset.children(version_.credit->touches, root.row);
    const data::Column& times =
        dataset.table(version_.credit->touches).column(*entity.visible_from());
    first_touch_ = rows.first;
    last_touch_ = rows.last;
    while (first_touch_ < last_touch_ && !times.known(first_touch_))
        ++first_touch_;
    gathered_once_ = false;
    gathered_rows_.clear();
    gathered_instants_.clear();
    gathered_sequences_.clear();
    gathered_known_.clear();
    gathered_parties_.clear();
    for (auto& each : gathered_keys_)
        each.clear();
}

// Whether the filter is true of the touch. Without a deal and at any instant where it asks neither.
bool AccountTouches::takes(RowIndex touch, std::optional<RowIndex> deal, std::int64_t instant) {
    const DealRow row{shapes_, evaluator_, *version_.credit, root_, deal, fired_};
    return is_among(row, touch, instant).is_true();
}

bool AccountTouches::takes(RowIndex touch) {
    if (version_.filter == Filter::OfTouch) {
        if (compiled_ != nullptr)
            if (const auto found =
                    compiled_->of(version_.credit->touch_where, touch, all_.instants[touch]))
                return found->is_true();
        return takes(touch, std::nullopt, all_.instants[touch]);
    }
    const data::Column& column =
        evaluator_.dataset().table(version_.credit->touches).column(version_.filter_field);
    const std::size_t number = data::number_of_value(column, touch);
    if (number >= taken_of_value_.size())
        taken_of_value_.resize(number + 1, kNotAsked);
    if (taken_of_value_[number] == kNotAsked)
        taken_of_value_[number] = takes(touch, std::nullopt, all_.instants[touch]) ? 1 : 0;
    return taken_of_value_[number] != 0;
}

void AccountTouches::gather(RowIndex touch) {
    gathered_rows_.push_back(touch);
    gathered_instants_.push_back(all_.instants[touch]);
    gathered_parties_.push_back(all_.parties[touch]);
    if (!all_.sequences.empty()) {
        gathered_sequences_.push_back(all_.sequences[touch]);
        gathered_known_.push_back(all_.sequence_known[touch]);
    }
    for (std::size_t i = 0; i < gathered_keys_.size(); ++i)
        gathered_keys_[i].push_back(version_.keys_of_touch[i][touch]);
}

// Once for an account, where the deal says nothing to the filter.
void AccountTouches::gather_once() {
    if (gathered_once_)
        return;
    gathered_once_ = true;
    for (RowIndex touch = first_touch_; touch < last_touch_; ++touch)
        if (takes(touch))
            gather(touch);
}

AccountTouches::Rows AccountTouches::of(RowIndex deal, std::int64_t since, std::int64_t until) {
    if (takes_all())
        return {first_touch_, last_touch_};
    const auto before = static_cast<RowIndex>(gathered_rows_.size());
    if (version_.filter == Filter::OfDeal) {
        for (RowIndex touch = first_touch_; touch < last_touch_; ++touch)
            if (all_.instants[touch] >= since && all_.instants[touch] <= until &&
                takes(touch, deal, until))
                gather(touch);
        return {before, static_cast<RowIndex>(gathered_rows_.size())};
    }
    gather_once();
    return {0, static_cast<RowIndex>(gathered_rows_.size())};
}

void AccountTouches::list(Rows rows, std::int64_t since, std::int64_t until,
                          std::vector<RowIndex>& to) const {
    const std::int64_t* const instants =
        takes_all() ? all_.instants.data() : gathered_instants_.data();
    const RowIndex first = first_from(instants, rows.first, rows.last, since);
    const RowIndex last = first_after(instants, first, rows.last, until);
    for (RowIndex touch = first; touch < last; ++touch)
        to.push_back(row_in_data(touch));
}

TouchColumns AccountTouches::columns() {
    if (takes_all()) {
        keys_.assign(version_.keys_of_touch.begin(), version_.keys_of_touch.end());
        TouchColumns columns = all_;
        columns.keys = keys_;
        return columns;
    }
    gathered_instants_.resize(gathered_rows_.size() + kTouchesBehind);
    gathered_parties_.resize(gathered_rows_.size() + kTouchesBehind);
    keys_.assign(gathered_keys_.begin(), gathered_keys_.end());
    return {.instants = gathered_instants_,
            .parties = gathered_parties_,
            .sequences = gathered_sequences_,
            .sequence_known = gathered_known_,
            .keys = keys_};
}

} // namespace rulebook::credit::columns
