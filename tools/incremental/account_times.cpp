#include "tools/incremental/account_times.hpp"

#include <algorithm>

#include "runtime/value/calendar.hpp"

namespace rulec::incremental {

namespace {

namespace data = rulebook::data;
namespace plan = rulebook::plan;
using data::RowIndex;

class NextTime {
public:
    NextTime(const data::Dataset& dataset, std::int64_t instant)
        : dataset_(dataset), instant_(instant) {}

    void look_at(plan::EntityIndex entity, RowIndex row) {
        for (const data::Column& column : dataset_.table(entity).columns()) {
            if (!column.known(row))
                continue;
            if (column.type().is(plan::TypeKind::Time))
                take(column.integer(row), column.integer(row));
            else if (column.type().is(plan::TypeKind::Date))
                take((column.integer(row) - 1) * rulebook::kMicrosecondsPerDay,
                     (column.integer(row) + 2) * rulebook::kMicrosecondsPerDay);
        }
        for (const std::int64_t at : dataset_.history_instants(entity, row))
            take(at, at);
        const auto& entities = dataset_.schema().entities;
        for (plan::EntityIndex below = 0; below < entities.size(); ++below) {
            if (entities[below].parent != entity)
                continue;
            const data::RowRange records = dataset_.children(below, row);
            for (RowIndex record = records.first; record < records.last; ++record)
                look_at(below, record);
        }
    }

    std::optional<std::int64_t> least() const { return least_; }

private:
    // Somewhere from `first` to `last`.
    void take(std::int64_t first, std::int64_t last) {
        if (last < instant_)
            return;
        const std::int64_t next = std::max(first, instant_);
        least_ = std::min(least_.value_or(next), next);
    }

    const data::Dataset& dataset_;
    std::int64_t instant_;
    std::optional<std::int64_t> least_;
};

} // namespace

std::optional<std::int64_t> next_time(const data::Dataset& dataset, RowIndex account,
                                      std::int64_t instant) {
    NextTime times(dataset, instant);
    times.look_at(dataset.schema().root, account);
    return times.least();
}

} // namespace rulec::incremental
