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
// fired and is used up. One loop, and the state in it: it has to stay in registers.
template <class Scan, class Emit>
void over_events(const EventColumns& columns, data::RowRange rows, const Plane& a, const Plane& b,
                 Scan scan, Emit&& emit) {
    AccountIndex account = data::kNoRow;
    std::int64_t instant = 0;
    const auto end_instant = [&](Scan& state) __attribute__((always_inline)) {
        if (state.is_complete() &&
            emit(Found{account, state.row(), instant, state.start(), trigger::Occasion::Event}))
            state.consume();
    };
    for_each_event(columns, rows, a, b,
                   [&](const ScannedEvent& event) __attribute__((always_inline)) {
                       const AccountIndex owner = columns.accounts[event.row];
                       const bool is_other = owner != account;
                       const bool is_later = is_other || event.time != instant;
                       if (is_later)
                           end_instant(scan);
                       scan.move(is_other, is_later);
                       account = owner;
                       instant = event.time;
                       scan.take(event);
                   });
    end_instant(scan);
}

} // namespace rulebook::scan
