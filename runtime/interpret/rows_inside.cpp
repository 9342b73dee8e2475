#include "runtime/interpret/rows_inside.hpp"

#include <algorithm>

namespace rulebook::interpret {

data::RowRange rows_inside(const Evaluation& evaluation, plan::EntityIndex collection,
                           Record parent, const Instants& instants) {
    const data::Dataset& dataset = evaluation.records().dataset();
    data::RowRange rows = dataset.children(collection, parent.row);
    const auto from = evaluation.plan().schema.entities[collection].visible_from();
    if (!from)
        return rows;
    const data::Column& times = dataset.table(collection).column(*from);
    const auto known = times.known().subspan(rows.first, rows.size());
    // Rows of unknown time stand first and are never there.
    rows.first +=
        static_cast<RowIndex>(std::ranges::lower_bound(known, std::uint8_t{1}) - known.begin());
    const auto all = times.integers().subspan(rows.first, rows.size());
    const auto place = [&](auto bound) {
        return rows.first + static_cast<RowIndex>(bound - all.begin());
    };
    const RowIndex first = place(std::ranges::lower_bound(all, instants.first));
    const RowIndex last =
        place(std::ranges::upper_bound(all, std::min(instants.last, evaluation.instant())));
    return {first, std::max(first, last)};
}

} // namespace rulebook::interpret
