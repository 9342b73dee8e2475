#include "runtime/interpret/arrivals.hpp"

#include <algorithm>

namespace rulebook::interpret {

void Arrivals::start(const Evaluation& evaluation, plan::EntityIndex collection) {
    const data::Dataset& dataset = evaluation.records().dataset();
    const plan::Entity& entity = evaluation.plan().schema.entities[collection];
    const Record root = evaluation.frame(0);
    *this = {};
    in_order_ = entity.parent == root.entity;
    if (!in_order_) {
        gather(evaluation, collection, root, INT64_MIN, collection);
        std::ranges::sort(gathered_);
        return;
    }
    rows_ = dataset.children(collection, root.row);
    if (const auto from = entity.visible_from()) {
        times_ = &dataset.table(collection).column(*from);
        while (!rows_.empty() && !times_->known(rows_.first))
            ++rows_.first; // never there
    }
}

// A record is there when it and all above it are.
void Arrivals::gather(const Evaluation& evaluation, plan::EntityIndex entity, Record above,
                      std::int64_t there, plan::EntityIndex collection) {
    const plan::Schema& schema = evaluation.plan().schema;
    const auto parent = schema.entities[entity].parent;
    if (parent != above.entity)
        return gather(evaluation, *parent, above, there, collection);
    const auto from = schema.entities[entity].visible_from();
    for (const RowIndex row : evaluation.records().children(above, entity)) {
        const Record record{entity, row};
        std::int64_t since = there;
        if (from) {
            const plan::Value time = evaluation.records().stored(record, *from);
            if (!time.known())
                continue;
            since = std::max(since, time.integer());
        }
        if (entity == collection)
            gathered_.emplace_back(since, row);
        else
            gather(evaluation, collection, record, since, collection);
    }
}

std::optional<RowIndex> Arrivals::next(const Evaluation& evaluation) {
    if (!in_order_) {
        if (at_ == gathered_.size() || gathered_[at_].first > evaluation.instant())
            return std::nullopt;
        return gathered_[at_++].second;
    }
    if (rows_.empty() || (times_ != nullptr && times_->integer(rows_.first) > evaluation.instant()))
        return std::nullopt;
    return rows_.first++;
}

void Arrivals::skip_before(std::int64_t instant) {
    if (!in_order_ || times_ == nullptr)
        return;
    const auto all = times_->integers().subspan(rows_.first, rows_.size());
    rows_.first += static_cast<RowIndex>(std::ranges::lower_bound(all, instant) - all.begin());
}

} // namespace rulebook::interpret
