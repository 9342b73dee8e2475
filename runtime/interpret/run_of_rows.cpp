#include "runtime/interpret/run_of_rows.hpp"

#include <algorithm>

#include "runtime/interpret/changes_of_windows.hpp"
#include "runtime/interpret/evaluation.hpp"
#include "runtime/interpret/rows_inside.hpp"
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
    const auto instants = instants_of(evaluation, aggregate.windows);
    if (!instants)
        return {};
    return rows_inside(evaluation, aggregate.collection, evaluation.frame(0), *instants);
}

void RunOfRows::note_changes(Evaluation& evaluation) const {
    for (const plan::Window& window : followed_->aggregate->windows)
        note_changes_of_window(evaluation, *followed_->aggregate, window);
}

} // namespace rulebook::interpret
