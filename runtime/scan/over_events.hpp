// Drives a scan over the events of a piece.
#pragma once

#include <algorithm>

#include "runtime/scan/bits.hpp"
#include "runtime/scan/occurrence.hpp"

namespace rulebook::scan {

// Calls visit(event) for the events of A or B (planes over `rows`, from the first on), in order.
template <class Visit>
void for_each_event(const EventColumns& columns, data::RowRange rows, const Plane& a,
                    const Plane& b, Visit&& visit) {
    for (std::size_t word = 0; word < a.size(); ++word) {
        const Word is_a = a[word];
        const Word is_b = b[word];
        for (Word left = is_a | is_b; left != 0; left &= left - 1) {
            const int bit = std::countr_zero(left);
            const auto row = rows.first + static_cast<data::RowIndex>(word * kBitsOfWord) +
                             static_cast<data::RowIndex>(bit);
            visit(ScannedEvent{row, columns.times[row], ((is_a >> bit) & 1) != 0,
                               ((is_b >> bit) & 1) != 0});
        }
    }
}

// Calls emit(found) for every instant at which the pattern is complete; it says whether the match
// fired and is used up.
template <class Scan, class Emit>
void over_events(const EventColumns& columns, data::RowRange rows, const Plane& a, const Plane& b,
                 Scan scan, Emit&& emit) {
    AccountIndex account = data::kNoRow;
    std::int64_t instant = 0;
    scan.reset();
    const auto end_instant = [&] {
        if (scan.is_complete() &&
            emit(Found{account, scan.row(), instant, scan.start(), trigger::Occasion::Event}))
            scan.consume();
    };
    for_each_event(columns, rows, a, b, [&](const ScannedEvent& event) {
        const AccountIndex owner = columns.accounts[event.row];
        if (owner != account) {
            end_instant();
            scan.reset();
        } else if (event.time != instant) {
            end_instant();
            scan.next_instant();
        }
        account = owner;
        instant = event.time;
        scan.take(event);
    });
    end_instant();
}

} // namespace rulebook::scan
