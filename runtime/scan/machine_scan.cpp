#include "runtime/scan/machine_scan.hpp"

namespace rulebook::scan {

void MachineScan::gather(const Account& account, plan::EntityIndex collection,
                         const EventColumns& columns, const std::vector<const Plane*>& planes,
                         data::RowIndex first) {
    events_.clear();
    matching_.clear();
    std::vector<std::size_t> counts;
    for (data::RowIndex row = account.rows.first; row < account.rows.last; ++row) {
        const std::size_t place = row - first;
        const std::size_t before = matching_.size();
        for (std::size_t i = 0; i < planes.size(); ++i)
            if (((*planes[i])[place / kBitsOfWord] >> (place % kBitsOfWord) & 1) != 0)
                matching_.push_back(signals_[i]);
        if (matching_.size() == before)
            continue;
        events_.push_back({collection, row, columns.sequence(row), {}});
        counts.push_back(matching_.size() - before);
    }
    std::size_t at = 0;
    for (std::size_t i = 0; i < events_.size(); ++i) {
        events_[i].signals = std::span<const std::uint32_t>(matching_).subspan(at, counts[i]);
        at += counts[i];
    }
}

void MachineScan::handle(AccountIndex account, std::int64_t instant,
                         std::span<const trigger::Event> events,
                         const std::function<bool(const Found&)>& emit) {
    const auto occurrence = machine_.handle({instant, events, false}, surroundings_);
    if (!occurrence)
        return;
    const Found found{account, occurrence->completing ? occurrence->completing->row : data::kNoRow,
                      occurrence->instant, occurrence->start, occurrence->occasion};
    if (emit(found))
        machine_.consume();
}

void MachineScan::run(const Account& account, plan::EntityIndex collection,
                      const EventColumns& columns, const std::vector<const Plane*>& planes,
                      data::RowIndex first, std::int64_t as_of,
                      const std::function<bool(const Found&)>& emit) {
    surroundings_.go_to(account.account);
    gather(account, collection, columns, planes, first);
    machine_.start(account.origin, surroundings_);
    const auto wake_until = [&](std::int64_t end) { // inclusive
        while (machine_.wake().value_or(INT64_MAX) <= end)
            handle(account.account, *machine_.wake(), {}, emit);
    };
    for (std::size_t i = 0; i < events_.size();) {
        const std::int64_t instant = columns.times[events_[i].row];
        std::size_t last = i + 1;
        while (last < events_.size() && columns.times[events_[last].row] == instant)
            ++last;
        wake_until(instant - 1);
        handle(account.account, instant,
               std::span<const trigger::Event>(events_).subspan(i, last - i), emit);
        i = last;
    }
    wake_until(as_of);
}

} // namespace rulebook::scan
