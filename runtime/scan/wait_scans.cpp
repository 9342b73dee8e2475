#include "runtime/scan/wait_scans.hpp"

#include "runtime/scan/over_events.hpp"
#include "runtime/trigger/extent.hpp"

namespace rulebook::scan {

using trigger::Occasion;

namespace {

// One wait at a time, of the account at hand.
class WithoutScan {
public:
    WithoutScan(const WaitColumns& columns, std::int64_t length, std::int64_t as_of,
                WaitResults& results)
        : columns_(columns), length_(length), as_of_(as_of), results_(results) {}

    void take(const ScannedEvent& event) {
        const AccountIndex owner = columns_.events.accounts[event.row];
        if (owner != account_ || event.time != instant_) {
            end_instant();
            if (owner != account_)
                end_account();
            account_ = owner;
            instant_ = event.time;
            begin_instant();
        }
        if (event.is_a)
            opens_ = event.row;
        if (event.is_b)
            note_closing(columns_.events.sequence(event.row));
    }

    void finish() {
        end_instant();
        end_account();
    }

private:
    struct Wait {
        std::int64_t opening = 0;
        std::int64_t deadline = 0;
        data::RowIndex row = 0;
    };

    void note_closing(std::optional<std::int64_t> sequence) {
        closes_ = true;
        closes_whatever_ = closes_whatever_ || !sequence;
        if (sequence)
            last_closing_ = std::max(last_closing_.value_or(*sequence), *sequence);
    }

    void begin_instant() {
        if (wait_ && wait_->deadline < instant_)
            pass();
        opens_ = data::kNoRow;
        closes_ = closes_whatever_ = false;
        last_closing_.reset();
    }

    // Opens precede closes, closes precede the deadline. While a wait is open nothing else opens,
    // nor at the instant at which it ends.
    void end_instant() {
        if (account_ == data::kNoRow)
            return;
        if (wait_) {
            if (closes_)
                wait_.reset();
            else if (wait_->deadline == instant_)
                pass();
            return;
        }
        if (opens_ == data::kNoRow)
            return;
        const auto sequence = columns_.events.sequence(opens_);
        const bool closed =
            closes_ && (closes_whatever_ || !sequence || *last_closing_ > *sequence);
        if (closed)
            return;
        if (const auto deadline = trigger::after_elapsed(instant_, length_))
            wait_ = Wait{instant_, *deadline, opens_};
    }

    void end_account() {
        if (wait_ && wait_->deadline <= as_of_)
            pass();
        else if (wait_)
            results_.waiting.push_back({account_, wait_->deadline});
        wait_.reset();
    }

    void pass() {
        results_.passed.push_back(
            {account_, wait_->row, wait_->deadline, wait_->opening, Occasion::Deadline});
        wait_.reset();
    }

    const WaitColumns& columns_;
    const std::int64_t length_;
    std::int64_t as_of_;
    WaitResults& results_;
    AccountIndex account_ = data::kNoRow;
    std::int64_t instant_ = 0;
    std::optional<Wait> wait_;
    // Of the instant at hand:
    data::RowIndex opens_ = data::kNoRow; // the last A
    bool closes_ = false;                 // there is a B
    bool closes_whatever_ = false;        // one that no sequence orders
    std::optional<std::int64_t> last_closing_;
};

} // namespace

void scan_without(const WaitColumns& columns, std::int64_t length, std::int64_t as_of,
                  WaitResults& results) {
    WithoutScan scan(columns, length, as_of, results);
    for_each_event(columns.events, columns.rows, columns.a, columns.b,
                   [&](const ScannedEvent& event) { scan.take(event); });
    scan.finish();
}

void scan_silence(const SilentAccount& account, const WaitColumns& columns, std::int64_t length,
                  std::int64_t as_of, WaitResults& results) {
    std::int64_t opening = account.origin;
    std::optional<std::int64_t> due = trigger::after_elapsed(opening, length);
    const auto pass = [&] {
        results.passed.push_back(
            {account.account, data::kNoRow, *due, opening, Occasion::Deadline});
        due.reset();
    };
    const data::RowIndex first = columns.rows.first;
    for_each_bit_between(columns.a, account.rows.first - first, account.rows.last - first,
                         [&](std::size_t place) {
                             const std::int64_t time =
                                 columns.events.times[first + static_cast<data::RowIndex>(place)];
                             if (time < account.origin)
                                 return;
                             if (due && *due < time)
                                 pass();
                             opening = time;
                             due = trigger::after_elapsed(opening, length);
                         });
    if (due && *due <= as_of)
        pass();
    else if (due)
        results.waiting.push_back({account.account, *due});
}

} // namespace rulebook::scan
