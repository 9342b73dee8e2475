// Drives a scan over the events of a piece.
#pragma once

#include <algorithm>

#include "runtime/scan/bits.hpp"
#include "runtime/scan/occurrence.hpp"

namespace rulebook::scan {

// Calls visit(event) for the events of A or B (planes over `rows`, from the first on), in order.
template <class Visit>
[[gnu::always_inline]] inline void for_each_event(const EventColumns& columns, data::RowRange rows,
                                                  const Plane& a, const Plane& b, Visit&& visit) {
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

// The next event: of which account and instant.
struct Move {
    AccountIndex account = data::kNoRow;
    std::int64_t instant = 0;
    bool is_other = true; // than that of the event before
    bool is_later = true; // or of another account

    void to(AccountIndex owner, std::int64_t time) {
        is_other = owner != account;
        is_later = is_other | (time != instant);
        account = owner;
        instant = time;
    }
};

// Calls emit(found) for every instant at which the pattern is complete; it says whether the match
// fired and is used up.
template <class Scan, class Emit>
void over_events(const EventColumns& columns, data::RowRange rows, const Plane& a, const Plane& b,
                 Scan scan, Emit&& emit) {
    Move at;
    const auto end_instant = [&]() __attribute__((always_inline)) {
        scan.consume(emit(
            Found{at.account, scan.row(), at.instant, scan.start(), trigger::Occasion::Event}));
    };
    for_each_event(columns, rows, a, b,
                   [&](const ScannedEvent& event) __attribute__((always_inline)) {
                       Move next = at;
                       next.to(columns.accounts[event.row], event.time);
                       if (next.is_later & scan.is_complete())
                           end_instant();
                       scan.move(next.is_other, next.is_later);
                       at = next;
                       scan.take(event);
                   });
    if (scan.is_complete())
        end_instant();
}

// The same where every complete match fires: without branches. Writes into `found`, which has room
// for one more than there are events, and gives how many there are.
template <class Scan>
std::size_t over_firing_events(const EventColumns& columns, data::RowRange rows, const Plane& a,
                               const Plane& b, Scan scan, Found* found) {
    std::size_t count = 0;
    Move at;
    const auto end_instant = [&](bool is_later) __attribute__((always_inline)) {
        found[count] = {at.account, scan.row(), at.instant, scan.start(), trigger::Occasion::Event};
        const bool fires = is_later & scan.is_complete();
        count += fires ? 1 : 0;
        scan.consume(fires);
    };
    for_each_event(columns, rows, a, b,
                   [&](const ScannedEvent& event) __attribute__((always_inline)) {
                       Move next = at;
                       next.to(columns.accounts[event.row], event.time);
                       end_instant(next.is_later);
                       scan.move(next.is_other, next.is_later);
                       at = next;
                       scan.take(event);
                   });
    end_instant(true);
    return count;
}

} // namespace rulebook::scan
