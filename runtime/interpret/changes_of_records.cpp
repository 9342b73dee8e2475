#include "runtime/interpret/changes_of_records.hpp"

#include <algorithm>
#include <functional>
#include <span>

#include "runtime/interpret/elements.hpp"
#include "runtime/interpret/slope.hpp"
#include "runtime/interpret/span.hpp"

namespace rulebook::interpret {

namespace {

// Where a window's bounds lie by its anchor: a record enters when the anchor comes to
// `time` + enters, and leaves when it comes to leaves(time).
struct Edges {
    const time::Zone& zone;
    const plan::Window& window;

    std::optional<std::int64_t> enters(std::int64_t time) const {
        switch (window.kind) {
        case plan::WindowKind::Last:
        case plan::WindowKind::LastBefore:
            return time;
        case plan::WindowKind::Before:
            return checked_add(time, 1);
        case plan::WindowKind::Since:
            break;
        }
        return std::nullopt; // it is inside from the first
    }
    std::optional<std::int64_t> leaves(std::int64_t time) const {
        switch (window.kind) {
        case plan::WindowKind::Last:
        case plan::WindowKind::LastBefore:
            return end_of_window(zone, window.span, time);
        case plan::WindowKind::Since:
            return checked_add(time, 1);
        case plan::WindowKind::Before:
            break;
        }
        return std::nullopt;
    }
};

// The first row of the range whose time (known, ascending) is at least `time`.
RowIndex first_from(const data::Column& times, data::RowRange range, std::int64_t time) {
    const auto column = times.integers().subspan(range.first, range.size());
    return range.first +
           static_cast<RowIndex>(std::ranges::lower_bound(column, time) - column.begin());
}

// The times of the records that are there, ascending, where the windows go by the order in which
// the data hold them; nothing elsewhere.
std::optional<std::span<const std::int64_t>> ordered_times(const Evaluation& evaluation,
                                                           const plan::Aggregate& aggregate) {
    const plan::Entity& entity = evaluation.plan().schema.entities[aggregate.collection];
    if (aggregate.source != plan::AggregateSource::Collection || entity.parent != aggregate.owner ||
        entity.visible_from() != aggregate.time_field)
        return std::nullopt;
    const data::Dataset& dataset = evaluation.records().dataset();
    const data::Column& times = dataset.table(aggregate.collection).column(aggregate.time_field);
    data::RowRange rows =
        dataset.children(aggregate.collection, evaluation.frame(aggregate.owner_level).row);
    while (rows.first < rows.last && !times.known(rows.first))
        ++rows.first; // they are never there
    const auto all = times.integers().subspan(rows.first, rows.size());
    const auto later = std::ranges::upper_bound(all, evaluation.instant());
    return all.first(static_cast<std::size_t>(later - all.begin()));
}

} // namespace

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
    const Edges edges{*evaluation.preparation().zone, window};
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
    for_each_offered(evaluation, aggregate, [&](Record element) {
        const plan::Value time = time_of(evaluation, aggregate, element);
        if (!time.known())
            return;
        note(edges.enters(time.integer()));
        note(edges.leaves(time.integer()));
    });
    return true;
}

namespace {

// The next instant of one source after `then`, for the root at hand.
class NextChange {
public:
    NextChange(const Evaluation& evaluation, std::int64_t then)
        : dataset_(evaluation.records().dataset()), root_(evaluation.frame(0)), then_(then),
          now_(evaluation.instant()) {}

    void look_at(const plan::ChangeSource& source) { look_at(source, source.entity); }
    std::optional<std::int64_t> found() const { return found_; }

private:
    using Visit = std::function<void(data::RowRange)>;

    void for_each_row(plan::EntityIndex entity, const Visit& visit) const {
        const auto parent = dataset_.schema().entities[entity].parent;
        if (!parent)
            return visit(data::RowRange{root_.row, root_.row + 1});
        for_each_row(*parent, [&](data::RowRange parents) {
            for (RowIndex above = parents.first; above < parents.last; ++above)
                visit(dataset_.children(entity, above));
        });
    }

    void note(std::int64_t instant) {
        if (instant > then_ && instant <= now_)
            found_ = std::min(found_.value_or(instant), instant);
    }

    void look_at(const plan::ChangeSource& source, plan::EntityIndex entity) {
        using Kind = plan::ChangeSource::Kind;
        for_each_row(entity, [&](data::RowRange rows) {
            if (source.kind == Kind::Tracked) {
                for (RowIndex row = rows.first; row < rows.last; ++row)
                    for (const std::int64_t version : dataset_.history_instants(entity, row))
                        note(version);
                return;
            }
            const auto field = source.kind == Kind::Known
                                   ? std::optional(source.field)
                                   : dataset_.schema().entities[entity].visible_from();
            const data::Column& times = dataset_.table(entity).column(*field);
            // Records stand in order of the time from which they are there.
            RowIndex row =
                source.kind == Kind::Visible ? first_known_from(times, rows) : rows.first;
            for (; row < rows.last; ++row) {
                if (times.known(row))
                    note(times.integer(row));
                if (source.kind == Kind::Visible && times.known(row))
                    break;
            }
        });
        if (source.kind == Kind::Tracked && dataset_.taken_at())
            note(*dataset_.taken_at());
    }

    // The first row after `then_`; rows of unknown time come first.
    RowIndex first_known_from(const data::Column& times, data::RowRange rows) const {
        while (rows.first < rows.last && !times.known(rows.first))
            ++rows.first;
        return then_ == INT64_MAX ? rows.last : first_from(times, rows, then_ + 1);
    }

    const data::Dataset& dataset_;
    Record root_;
    std::int64_t then_;
    std::int64_t now_;
    std::optional<std::int64_t> found_;
};

} // namespace

std::optional<std::int64_t> next_change_of_records(const Evaluation& evaluation, plan::NodeId node,
                                                   std::int64_t then) {
    NextChange next(evaluation, then);
    const auto sources = evaluation.preparation().past_sources.find(node);
    if (sources != evaluation.preparation().past_sources.end())
        for (const plan::ChangeSource& source : sources->second)
            next.look_at(source);
    return next.found();
}

} // namespace rulebook::interpret
