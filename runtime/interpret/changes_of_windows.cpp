#include "runtime/interpret/changes_of_windows.hpp"

#include <algorithm>
#include <span>

#include "runtime/interpret/elements.hpp"
#include "runtime/interpret/slope.hpp"
#include "runtime/interpret/window_edges.hpp"

namespace rulebook::interpret {

namespace {

// The times of the records that are there, ascending, where the windows go by the order in which
// the data hold them; nothing elsewhere.
std::optional<std::span<const std::int64_t>> ordered_times(const Evaluation& evaluation,
                                                           const plan::Aggregate& aggregate) {
    const plan::Entity& entity = evaluation.plan().schema.entities[aggregate.collection];
    if (aggregate.source != plan::AggregateSource::Collection || entity.parent != aggregate.owner ||
        entity.visible_from() != aggregate.time_field)
        return std::nullopt;
    const data::Table& table = evaluation.records().dataset().table(aggregate.collection);
    const data::RowRange rows =
        rows_inside(evaluation, aggregate.collection, evaluation.frame(aggregate.owner_level), {});
    return table.column(aggregate.time_field).integers().subspan(rows.first, rows.size());
}

} // namespace

bool windows_go_by_order(const Evaluation& evaluation, const plan::Aggregate& aggregate) {
    return ordered_times(evaluation, aggregate).has_value();
}

bool note_changes_of_window(Evaluation& evaluation, const plan::Aggregate& aggregate,
                            const plan::Window& window) {
    std::int64_t anchor = evaluation.instant();
    if (window.kind != plan::WindowKind::Last) {
        const Int128 slope = slope_of(evaluation, window.anchor);
        const plan::Value value = evaluation.value(window.anchor);
        if (slope == 0 || !value.known())
            return true; // it stands still
        if (slope != 1)
            return false;
        anchor = value.integer();
    }
    const std::int64_t ahead = evaluation.instant() - anchor; // of the window's own time
    const WindowEdges edges{*evaluation.preparation().zone, window};
    const auto note = [&](std::optional<std::int64_t> edge) {
        if (edge && *edge > anchor)
            if (const auto instant = checked_add(*edge, ahead))
                evaluation.note_change_at(*instant);
    };
    if (const auto times = ordered_times(evaluation, aggregate)) {
        // Later times enter and leave later: only the first of each can be the next.
        const auto first_after = [&](const auto& edge_of) {
            return std::ranges::partition_point(*times, [&](std::int64_t time) {
                const auto edge = edge_of(time);
                return edge && *edge <= anchor;
            });
        };
        const auto entering = first_after([&](std::int64_t time) { return edges.enters(time); });
        const auto leaving = first_after([&](std::int64_t time) { return edges.leaves(time); });
        if (entering != times->end())
            note(edges.enters(*entering));
        if (leaving != times->end())
            note(edges.leaves(*leaving));
        return true;
    }
    for_each_offered(evaluation, aggregate, {}, [&](Record element) {
        const plan::Value time = time_of(evaluation, aggregate, element);
        if (!time.known())
            return;
        note(edges.enters(time.integer()));
        note(edges.leaves(time.integer()));
    });
    return true;
}

} // namespace rulebook::interpret
