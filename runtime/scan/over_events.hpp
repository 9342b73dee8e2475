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

// Calls end_instant(at, is_later) before every event, and at the end; the match of the events so
// far is to be looked at where is_later. For loops without branches.
template <class Scan, class EndInstant>
[[gnu::always_inline]] inline void between_events(const EventColumns& columns, data::RowRange rows,
                                                  const Plane& a, const Plane& b, Scan& scan,
                                                  const EndInstant& end_instant) {
    Move at;
    for_each_event(columns, rows, a, b,
                   [&](const ScannedEvent& event) __attribute__((always_inline)) {
                       Move next = at;
                       next.to(columns.accounts[event.row], event.time);
                       end_instant(at, next.is_later);
                       scan.move(next.is_other, next.is_later);
                       at = next;
                       scan.take(event);
                   });
    end_instant(at, true);
}

enum class Matches : std::uint8_t { Fire, AreKept };

// The same where every complete match fires, or none does: without branches. Writes into `found`,
// which has room for one more than there are events, and gives how many there are.
template <Matches matches, class Scan>
std::size_t over_complete_events(const EventColumns& columns, data::RowRange rows, const Plane& a,
                                 const Plane& b, Scan scan, Found* found) {
    std::size_t count = 0;
    between_events(columns, rows, a, b, scan,
                   [&](const Move& at, bool is_later) __attribute__((always_inline)) {
                       found[count] = {at.account, scan.row(), at.instant, scan.start(),
                                       trigger::Occasion::Event};
                       const bool is_match = is_later & scan.is_complete();
                       count += is_match ? 1 : 0;
                       scan.consume(matches == Matches::Fire && is_match);
                   });
    return count;
}

// Two scans side by side.
template <class Scan>
struct ScanPair {
    Scan firing, keeping; // of `keeping` nothing is ever used up

    [[gnu::always_inline]] void move(bool other, bool later) {
        firing.move(other, later);
        keeping.move(other, later);
    }
    [[gnu::always_inline]] void take(const ScannedEvent& event) {
        firing.take(event);
        keeping.take(event);
    }
};

// The same where each match fires or not by its answer: those of all matches that there are where
// none fires, in their order (over_complete_events), and one more of any value. Writes those that
// fire into `found`, and the accounts of the others with their answers into `passed`; there is room
// for one more than there are of both.
template <class Scan>
AnsweredCounts over_answered_events(const EventColumns& columns, data::RowRange rows,
                                    const Plane& a, const Plane& b, Scan scan, const Truth* answers,
                                    const Answered& into) {
    ScanPair<Scan> scans{scan, scan};
    AnsweredCounts counts;
    between_events(columns, rows, a, b, scans,
                   [&](const Move& at, bool is_later) __attribute__((always_inline)) {
                       const Scan& match = scans.firing;
                       const bool is_match = is_later & match.is_complete();
                       const bool fires = is_match & (*answers == Truth::True);
                       into.found[counts.found] = {at.account, match.row(), at.instant,
                                                   match.start(), trigger::Occasion::Event};
                       counts.found += fires ? 1 : 0;
                       into.passed[counts.passed] = {at.account, *answers};
                       counts.passed += (is_match & !fires) ? 1 : 0;
                       answers += (is_later & scans.keeping.is_complete()) ? 1 : 0;
                       scans.firing.consume(fires);
                       scans.keeping.consume(false);
                   });
    return counts;
}

} // namespace rulebook::scan
