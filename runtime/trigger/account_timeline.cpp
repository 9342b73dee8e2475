#include "runtime/trigger/account_timeline.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <tuple>

namespace rulebook::trigger {

using data::RowIndex;
using plan::EntityIndex;

namespace {

// Calls visit(row) for the rows of an entity that belong to the root record, directly or by their
// parents.
void for_each_row_below(const data::Dataset& dataset, RowIndex root, EntityIndex entity,
                        const std::function<void(RowIndex)>& visit) {
    const auto parent = dataset.schema().entities[entity].parent;
    if (!parent)
        return visit(root);
    for_each_row_below(dataset, root, *parent, [&](RowIndex above) {
        const data::RowRange range = dataset.children(entity, above);
        for (RowIndex row = range.first; row < range.last; ++row)
            visit(row);
    });
}

std::optional<std::int64_t> sequence_of(const data::Column* sequences, RowIndex row) {
    if (sequences == nullptr || !sequences->known(row))
        return std::nullopt;
    return sequences->integer(row);
}

} // namespace

AccountTimeline::AccountTimeline(const TriggerShapes& shapes, const data::Dataset& dataset)
    : shapes_(shapes), dataset_(dataset) {
    std::set<EntityIndex> collections;
    for (const auto& [collection, signals] : shapes.signals())
        collections.insert(collection);
    for (std::uint32_t i = 0; i < shapes.sources().size(); ++i) {
        const plan::ChangeSource& source = shapes.sources()[i];
        if (source.kind == plan::ChangeSource::Kind::Visible)
            collections.insert(source.entity);
        else
            changes_.push_back({.source = i, .instants = {}});
    }
    for (const EntityIndex collection : collections)
        add_records(collection);
}

void AccountTimeline::add_records(EntityIndex collection) {
    const plan::Entity& entity = shapes_.plan().schema.entities[collection];
    const data::Table& table = dataset_.table(collection);
    if (!entity.visible_from())
        return;
    Records records{.collection = collection,
                    .times = &table.column(*entity.visible_from()),
                    .sequences = entity.sequence ? &table.column(*entity.sequence) : nullptr,
                    .in_order = entity.parent == shapes_.plan().schema.root,
                    .has_signals = shapes_.signals().contains(collection),
                    .source = {},
                    .gathered = {}};
    const auto source = std::ranges::find(
        shapes_.sources(), plan::ChangeSource{plan::ChangeSource::Kind::Visible, collection, 0});
    if (source != shapes_.sources().end())
        records.source = static_cast<std::uint32_t>(source - shapes_.sources().begin());
    records_.push_back(std::move(records));
}

void AccountTimeline::begin(RowIndex root) {
    for (Records& records : records_)
        begin(records, root);
    for (Changes& changes : changes_)
        begin(changes, root);
}

// Records without a time are never there.
void AccountTimeline::begin(Records& records, RowIndex root) const {
    if (records.in_order) {
        const data::RowRange range = dataset_.children(records.collection, root);
        records.at = range.first;
        records.end = range.last;
        while (records.at < records.end && !records.times->known(records.at))
            ++records.at;
        return;
    }
    records.gathered.clear();
    for_each_row_below(dataset_, root, records.collection, [&](RowIndex row) {
        if (records.times->known(row))
            records.gathered.push_back(row);
    });
    std::ranges::sort(records.gathered, {}, [&](RowIndex row) {
        return std::tuple(records.times->integer(row), sequence_of(records.sequences, row), row);
    });
    records.at = 0;
    records.end = static_cast<RowIndex>(records.gathered.size());
}

void AccountTimeline::begin(Changes& changes, RowIndex root) const {
    const plan::ChangeSource& source = shapes_.sources()[changes.source];
    changes.instants.clear();
    changes.at = 0;
    for_each_row_below(dataset_, root, source.entity, [&](RowIndex row) {
        if (source.kind == plan::ChangeSource::Kind::Tracked) {
            const auto versions = dataset_.history_instants(source.entity, row);
            changes.instants.insert(changes.instants.end(), versions.begin(), versions.end());
            return;
        }
        const data::Column& times = dataset_.table(source.entity).column(source.field);
        if (times.known(row))
            changes.instants.push_back(times.integer(row));
    });
    if (source.kind == plan::ChangeSource::Kind::Tracked && dataset_.taken_at())
        changes.instants.push_back(*dataset_.taken_at());
    std::ranges::sort(changes.instants);
}

std::optional<std::int64_t> AccountTimeline::next() const {
    std::int64_t least = INT64_MAX;
    for (const Records& records : records_)
        if (records.at < records.end)
            least = std::min(least, records.time());
    for (const Changes& changes : changes_)
        if (changes.at < changes.instants.size())
            least = std::min(least, changes.instants[changes.at]);
    return least == INT64_MAX ? std::nullopt : std::optional(least);
}

void AccountTimeline::take(Records& records, std::int64_t instant, std::vector<Arrival>& arrivals,
                           std::vector<std::uint32_t>& changes) {
    if (records.at == records.end || records.time() > instant)
        return;
    if (records.source)
        changes.push_back(*records.source);
    for (; records.at < records.end && records.time() <= instant; ++records.at)
        if (records.has_signals)
            arrivals.push_back(
                {records.collection, records.row(), sequence_of(records.sequences, records.row())});
}

void AccountTimeline::take(std::int64_t instant, std::vector<Arrival>& arrivals,
                           std::vector<std::uint32_t>& changes) {
    for (Records& records : records_)
        take(records, instant, arrivals, changes);
    for (Changes& each : changes_) {
        const std::size_t before = each.at;
        while (each.at < each.instants.size() && each.instants[each.at] <= instant)
            ++each.at;
        if (each.at > before)
            changes.push_back(each.source);
    }
    std::ranges::sort(changes);
}

} // namespace rulebook::trigger
