// Patterns, each as a state that is handed the events of an account in order, instant by instant.
// What they find is what trigger::PatternMachine finds: of all matches that end at an instant, the
// one that starts latest counts, and the last event that completes one.
//
//   move(other, later)   to the next event: of another account; at another instant, or account
//   take(event)          an event of the instant at hand
//   is_complete(), start(), row()   after the last event of an instant
//   consume(fired)       the match fired, if it did: its events and all before are used up
//
// Without branches: which events come is chance to the processor.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "runtime/scan/occurrence.hpp"

namespace rulebook::scan {

class Completed {
public:
    bool is_complete() const { return row_ != data::kNoRow; }
    std::int64_t start() const { return start_; }
    data::RowIndex row() const { return row_; }

protected:
    void move(bool later) {
        row_ = later ? data::kNoRow : row_;
        start_ = later ? kNever : start_;
    }
    void complete(bool holds, const ScannedEvent& event, std::int64_t start) {
        row_ = holds ? event.row : row_;
        start_ = holds ? std::max(start, start_) : start_;
    }

private:
    data::RowIndex row_ = data::kNoRow;
    std::int64_t start_ = kNever;
};

// A
class SingleScan : public Completed {
public:
    void move(bool, bool later) { Completed::move(later); }
    void consume(bool) {}
    void take(const ScannedEvent& event) { complete(event.is_a, event, event.time); }
};

// A then B within D; of a collection whose records only time orders.
class ThenScan : public Completed {
public:
    explicit ThenScan(std::int64_t within) : within_(std::min(within, kLongest)) {}

    void move(bool other, bool later) {
        Completed::move(later);
        latest_ = other ? kNever : latest_;
        before_ = later ? latest_ : before_;
    }
    void consume(bool fired) { latest_ = fired ? kNever : latest_; }
    void take(const ScannedEvent& event) {
        complete(event.is_b && event.time - before_ <= within_, event, before_);
        latest_ = event.is_a ? event.time : latest_;
    }

private:
    std::int64_t within_;
    std::int64_t latest_ = kNever; // A
    std::int64_t before_ = kNever; // A before the instant at hand
};

// The same where a sequence orders the records of an instant, too.
class SequencedThenScan : public Completed {
public:
    SequencedThenScan(std::int64_t within, const EventColumns& columns)
        : within_(std::min(within, kLongest)), columns_(columns) {}

    void move(bool other, bool later) {
        Completed::move(later);
        latest_ = other ? kNever : latest_;
        before_ = later ? latest_ : before_;
        if (later)
            first_.reset();
    }
    void consume(bool fired) { latest_ = fired ? kNever : latest_; }
    void take(const ScannedEvent& event) {
        const auto sequence = columns_.sequence(event.row);
        if (event.is_b) {
            const bool in_order = first_ && sequence && *first_ < *sequence;
            const std::int64_t start = in_order ? event.time : before_;
            complete(event.time - start <= within_, event, start);
        }
        if (!event.is_a)
            return;
        latest_ = event.time;
        if (!first_)
            first_ = sequence; // they ascend
    }

private:
    std::int64_t within_;
    EventColumns columns_;
    std::int64_t latest_ = kNever;
    std::int64_t before_ = kNever;
    std::optional<std::int64_t> first_; // A of the instant at hand that has a sequence
};

// A and B within D
class BothScan : public Completed {
public:
    explicit BothScan(std::int64_t within) : within_(std::min(within, kLongest)) {}

    void move(bool other, bool later) {
        Completed::move(later);
        a_ = other ? kNever : a_;
        b_ = other ? kNever : b_;
    }
    void consume(bool fired) {
        a_ = fired ? kNever : a_;
        b_ = fired ? kNever : b_;
    }
    void take(const ScannedEvent& event) {
        a_ = event.is_a ? event.time : a_;
        b_ = event.is_b ? event.time : b_;
        const std::int64_t start = std::min(a_, b_);
        complete(event.time - start <= within_, event, start);
    }

private:
    std::int64_t within_;
    std::int64_t a_ = kNever; // the latest
    std::int64_t b_ = kNever;
};

// A n times within D
class TimesScan : public Completed {
public:
    static constexpr std::size_t kMost = 32;

    // 1 <= count <= kMost
    TimesScan(std::size_t count, std::int64_t within)
        : count_(count), within_(std::min(within, kLongest)) {}

    void move(bool other, bool later) {
        Completed::move(later);
        taken_ = other ? 0 : taken_;
    }
    void consume(bool fired) { taken_ = fired ? 0 : taken_; }
    void take(const ScannedEvent& event) {
        times_[at_] = event.time;
        at_ = at_ + 1 == count_ ? 0 : at_ + 1;
        ++taken_;
        const std::int64_t start = times_[at_]; // of the last n the first, if there are so many
        complete(taken_ >= count_ && event.time - start <= within_, event, start);
    }

private:
    std::size_t count_;
    std::int64_t within_;
    std::size_t at_ = 0;
    std::size_t taken_ = 0; // since the last match, or the first event
    std::array<std::int64_t, kMost> times_{};
};

} // namespace rulebook::scan
