#include "runtime/interpret/run_of_rows.hpp"

#include <algorithm>

#include "runtime/interpret/changes_of_windows.hpp"
#include "runtime/interpret/window.hpp"

namespace rulebook::interpret {

RunOfRows::RunOfRows(const Followed& followed)
    : followed_(&followed), totals_(*followed.aggregate, followed.changes.slope, true) {}

void RunOfRows::start_afresh() {
    totals_.clear();
    rows_ = {};
}

data::RowRange RunOfRows::inside_now(Evaluation& evaluation) const {
    const plan::Aggregate& aggregate = *followed_->aggregate;
    const data::Dataset& dataset = evaluation.records().dataset();
    data::RowRange rows = dataset.children(aggregate.collection, evaluation.frame(0).row);
    const auto from = evaluation.plan().schema.entities[aggregate.collection].visible_from();
    if (!from)
        return rows;
    const data::Column& times = dataset.table(aggregate.collection).column(*from);
    const auto known = times.known().subspan(rows.first, rows.size());
    // Rows of unknown time stand first and are never there.
    rows.first +=
        static_cast<RowIndex>(std::ranges::lower_bound(known, std::uint8_t{1}) - known.begin());
    const auto instants = instants_of(evaluation, aggregate.windows);
    if (!instants)
        return {rows.first, rows.first};
    const auto all = times.integers().subspan(rows.first, rows.size());
    const auto place = [&](auto bound) {
        return rows.first + static_cast<RowIndex>(bound - all.begin());
    };
    const RowIndex first = place(std::ranges::lower_bound(all, instants->first));
    const RowIndex last =
        place(std::ranges::upper_bound(all, std::min(instants->last, evaluation.instant())));
    return {first, std::max(first, last)};
}

bool RunOfRows::add(Evaluation& evaluation, data::RowRange rows) {
    const bool for_good = followed_->aggregate->windows.empty();
    for (RowIndex row = rows.first; row < rows.last; ++row) {
        const Asked asked = part_of(evaluation, *followed_, row);
        if (!asked.fits)
            return false;
        if (asked.part)
            totals_.add(*asked.part, for_good);
    }
    return true;
}

// What never changes is asked again instead of being kept.
void RunOfRows::remove(Evaluation& evaluation, data::RowRange rows) {
    for (RowIndex row = rows.first; row < rows.last; ++row)
        if (const Asked asked = part_of(evaluation, *followed_, row); asked.part)
            totals_.remove(*asked.part);
}

bool RunOfRows::go_to_now(Evaluation& evaluation) {
    if (auto inputs = inputs_of(evaluation, *followed_); inputs != inputs_) {
        start_afresh();
        inputs_ = std::move(inputs);
    }
    const data::RowRange now = inside_now(evaluation);
    if (now.first >= rows_.last || now.last <= rows_.first) { // nothing in common
        start_afresh();
        rows_ = {now.first, now.first};
    }
    remove(evaluation, {rows_.first, now.first});
    remove(evaluation, {std::max(now.last, rows_.first), rows_.last});
    const bool fits =
        add(evaluation, {now.first, rows_.first}) && add(evaluation, {rows_.last, now.last});
    rows_ = now;
    return fits;
}

void RunOfRows::note_changes(Evaluation& evaluation) const {
    for (const plan::Window& window : followed_->aggregate->windows)
        note_changes_of_window(evaluation, *followed_->aggregate, window);
}

} // namespace rulebook::interpret
