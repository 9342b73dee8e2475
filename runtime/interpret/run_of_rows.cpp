#include "runtime/interpret/run_of_rows.hpp"

#include <algorithm>

#include "runtime/interpret/changes_of_windows.hpp"
#include "runtime/interpret/evaluation.hpp"
#include "runtime/interpret/window.hpp"

namespace rulebook::interpret {

bool RunOfRows::look_at_inputs(Evaluation& evaluation) {
    auto inputs = inputs_of(evaluation, *followed_);
    const bool same = inputs == inputs_;
    inputs_ = std::move(inputs);
    return same;
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

void RunOfRows::note_changes(Evaluation& evaluation) const {
    for (const plan::Window& window : followed_->aggregate->windows)
        note_changes_of_window(evaluation, *followed_->aggregate, window);
}

} // namespace rulebook::interpret
