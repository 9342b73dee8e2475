#include "runtime/interpret/next_change.hpp"

#include <algorithm>

namespace rulebook::interpret {

namespace {

// The rows of the entity that belong to a record above, or are it.
std::vector<data::RowRange> rows_below(const data::Dataset& dataset, plan::EntityIndex entity,
                                       Record above) {
    if (entity == above.entity)
        return {{above.row, above.row + 1}};
    std::vector<data::RowRange> rows;
    if (const auto& parent = dataset.schema().entities[entity].parent)
        for (const data::RowRange parents : rows_below(dataset, *parent, above))
            for (RowIndex row = parents.first; row < parents.last; ++row)
                rows.push_back(dataset.children(entity, row));
    return rows;
}

// Calls visit for every instant that the source names below the record.
template <class Visit>
void for_each_instant(const data::Dataset& dataset, const plan::ChangeSource& source, Record above,
                      const Visit& visit) {
    using Kind = plan::ChangeSource::Kind;
    if (source.kind == Kind::Tracked) {
        for (const data::RowRange rows : rows_below(dataset, source.entity, above))
            for (RowIndex row = rows.first; row < rows.last; ++row)
                for (const std::int64_t version : dataset.history_instants(source.entity, row))
                    visit(version);
        if (dataset.taken_at())
            visit(*dataset.taken_at());
        return;
    }
    const auto field = source.kind == Kind::Known
                           ? std::optional(source.field)
                           : dataset.schema().entities[source.entity].visible_from();
    if (!field)
        return;
    const data::Column& times = dataset.table(source.entity).column(*field);
    for (const data::RowRange rows : rows_below(dataset, source.entity, above))
        for (RowIndex row = rows.first; row < rows.last; ++row)
            if (times.known(row))
                visit(times.integer(row));
}

void keep_least(std::optional<std::int64_t>& least, std::int64_t instant) {
    least = std::min(least.value_or(instant), instant);
}

// The children of the root stand in the order in which they become visible, those of unknown time
// first.
std::optional<std::int64_t> next_child(const data::Dataset& dataset, plan::EntityIndex collection,
                                       data::RowRange rows, std::int64_t then) {
    const auto from = dataset.schema().entities[collection].visible_from();
    const data::Column& times = dataset.table(collection).column(from.value());
    while (!rows.empty() && !times.known(rows.first))
        ++rows.first;
    const auto all = times.integers().subspan(rows.first, rows.size());
    const auto next = std::ranges::upper_bound(all, then);
    return next == all.end() ? std::nullopt : std::optional(*next);
}

} // namespace

std::optional<std::int64_t> next_change_below(const data::Dataset& dataset,
                                              std::span<const plan::ChangeSource> sources,
                                              Record above, std::int64_t then) {
    std::optional<std::int64_t> next;
    for (const plan::ChangeSource& source : sources)
        for_each_instant(dataset, source, above, [&](std::int64_t instant) {
            if (instant > then)
                keep_least(next, instant);
        });
    return next;
}

void append_changes(const data::Dataset& dataset, std::span<const plan::ChangeSource> sources,
                    Record above, std::vector<std::int64_t>& instants) {
    for (const plan::ChangeSource& source : sources)
        for_each_instant(dataset, source, above,
                         [&](std::int64_t instant) { instants.push_back(instant); });
}

std::optional<std::int64_t> ChangesOfRoot::next(std::span<const plan::ChangeSource> sources,
                                                Record root, std::int64_t then) {
    if (root != root_) {
        root_ = root;
        instants_.clear();
    }
    std::optional<std::int64_t> next;
    for (const plan::ChangeSource& source : sources) {
        const auto parent = dataset_->schema().entities[source.entity].parent;
        if (source.kind == plan::ChangeSource::Kind::Visible && parent == root.entity) {
            if (const auto child = next_child(*dataset_, source.entity,
                                              dataset_->children(source.entity, root.row), then))
                keep_least(next, *child);
            continue;
        }
        const auto [found, is_new] = instants_.try_emplace(source);
        std::vector<std::int64_t>& all = found->second;
        if (is_new) {
            for_each_instant(*dataset_, source, root,
                             [&](std::int64_t instant) { all.push_back(instant); });
            std::ranges::sort(all);
        }
        if (const auto later = std::ranges::upper_bound(all, then); later != all.end())
            keep_least(next, *later);
    }
    return next;
}

} // namespace rulebook::interpret
