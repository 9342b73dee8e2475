#include "runtime/interpret/changing_elements.hpp"

#include <algorithm>

#include "runtime/interpret/changes_of_windows.hpp"
#include "runtime/interpret/elements.hpp"
#include "runtime/interpret/next_change.hpp"
#include "runtime/interpret/slope.hpp"
#include "runtime/interpret/window.hpp"
#include "runtime/interpret/window_edges.hpp"

namespace rulebook::interpret {

std::optional<ChangingElements::Anchors>
ChangingElements::anchors_of(Evaluation& evaluation, const plan::Aggregate& aggregate) {
    Anchors anchors;
    for (const plan::Window& window : aggregate.windows) {
        std::int64_t now = evaluation.instant();
        std::int64_t slope = 1;
        if (window.kind != plan::WindowKind::Last) {
            const plan::Value value = evaluation.value(window.anchor);
            if (!value.known())
                return std::nullopt;
            now = value.integer();
            slope = slope_of(evaluation, window.anchor) == 0 ? 0 : 1;
        }
        anchors.now.push_back(now);
        anchors.slope.push_back(slope);
        anchors.way.push_back(slope == 0 ? now : now - evaluation.instant());
    }
    return anchors;
}

void ChangingElements::start(Evaluation& evaluation) {
    started_ = true;
    waiting_.clear();
    queue_.clear();
    const plan::Aggregate& aggregate = *followed_->aggregate;
    arrivals_.start(evaluation, aggregate.collection);
    const auto from = evaluation.plan().schema.entities[aggregate.collection].visible_from();
    if (aggregate.windows.empty() || from != aggregate.time_field)
        return;
    // Bounds of windows do not move back.
    if (const auto instants = instants_of(evaluation, aggregate.windows))
        arrivals_.skip_before(instants->first);
}

bool ChangingElements::go_to_now(Evaluation& evaluation, Totals& totals) {
    auto inputs = inputs_of(evaluation, *followed_);
    auto anchors = anchors_of(evaluation, *followed_->aggregate);
    const bool goes_on = started_ && inputs == inputs_ &&
                         anchors.has_value() == anchors_.has_value() &&
                         (!anchors || anchors->go_on(*anchors_));
    inputs_ = std::move(inputs);
    anchors_ = std::move(anchors);
    if (!goes_on) {
        totals.clear();
        start(evaluation);
    }
    if (!anchors_)
        return true;
    bool fits = true;
    while (!queue_.empty() && queue_.begin()->first <= evaluation.instant()) {
        const RowIndex row = queue_.begin()->second;
        forget(row, totals);
        fits = ask(evaluation, row, totals) && fits;
    }
    while (const auto row = arrivals_.next(evaluation))
        fits = ask(evaluation, *row, totals) && fits;
    return fits;
}

void ChangingElements::forget(RowIndex row, Totals& totals) {
    const auto found = waiting_.find(row);
    queue_.erase({found->second.until, row});
    if (found->second.part)
        totals.remove(*found->second.part);
    waiting_.erase(found);
}

// The next instant at which the record enters or leaves a window.
std::int64_t ChangingElements::next_edge(const Evaluation& evaluation, std::int64_t time) const {
    std::int64_t next = INT64_MAX;
    const auto& windows = followed_->aggregate->windows;
    for (std::size_t i = 0; i < windows.size(); ++i) {
        if (anchors_->slope[i] == 0)
            continue;
        const WindowEdges edges{*evaluation.preparation().zone, windows[i]};
        for (const auto& edge : {edges.enters(time), edges.leaves(time)})
            if (edge && *edge > anchors_->now[i])
                if (const auto instant = checked_subtract(*edge, anchors_->way[i]))
                    next = std::min(next, *instant);
    }
    return next;
}

bool ChangingElements::ask(Evaluation& evaluation, RowIndex row, Totals& totals) {
    const plan::Aggregate& aggregate = *followed_->aggregate;
    const Record element{aggregate.collection, row};
    std::int64_t until =
        next_change_below(evaluation.records().dataset(), followed_->changes.sources, element,
                          evaluation.instant())
            .value_or(INT64_MAX);
    bool inside = true;
    if (!aggregate.windows.empty()) {
        const plan::Value time = time_of(evaluation, aggregate, element);
        const auto instants = instants_of(evaluation, aggregate.windows);
        inside = time.known() && instants && instants->contain(time.integer());
        if (time.known())
            until = std::min(until, next_edge(evaluation, time.integer()));
    }
    Asked asked;
    if (inside)
        until = std::min(
            until, evaluation.noted_by([&] { asked = part_of(evaluation, *followed_, row); }));
    const bool for_good = until == INT64_MAX;
    if (asked.part)
        totals.add(*asked.part, for_good);
    if (!for_good) {
        queue_.emplace(until, row);
        waiting_.emplace(row, Waiting{until, std::move(asked.part)});
    }
    return asked.fits;
}

void ChangingElements::note_changes(Evaluation& evaluation) const {
    if (!queue_.empty())
        evaluation.note_change_at(queue_.begin()->first);
    const plan::Aggregate& aggregate = *followed_->aggregate;
    if (windows_go_by_order(evaluation, aggregate)) // those that were passed over, too
        for (const plan::Window& window : aggregate.windows)
            note_changes_of_window(evaluation, aggregate, window);
}

} // namespace rulebook::interpret
