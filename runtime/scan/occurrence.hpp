// What scans go over, and what they find.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "runtime/data/dataset.hpp"
#include "runtime/plan/truth.hpp"
#include "runtime/trigger/candidate.hpp"

namespace rulebook::scan {

using AccountIndex = data::RowIndex;

inline constexpr std::uint32_t kOnlyVersion = 0xffffffff;

// A trigger's occurrence at an account. Of an account they ascend by instant.
struct Found {
    AccountIndex account = 0;
    data::RowIndex row = data::kNoRow; // of the completing record, if there is one
    std::int64_t instant = 0;
    std::int64_t start = 0;
    trigger::Occasion occasion = trigger::Occasion::Event;
    // Where machines found it; else the trigger's only version, over its only collection.
    std::uint32_t version = kOnlyVersion; // index in Plan::triggers
    plan::EntityIndex collection = 0;     // of the completing record

    friend bool operator==(const Found&, const Found&) = default;
};

// What waits for its deadline when the records are at their end.
struct Waiting {
    AccountIndex account = 0;
    std::int64_t deadline = 0;
    std::uint32_t version = kOnlyVersion; // as Found has it
};

using plan::Truth;

// A candidate that is none by the answer of its condition.
struct Passed {
    AccountIndex account = 0;
    Truth answer = Truth::False;
};

// Where over_answered_events writes, and how many it wrote.
struct Answered {
    Found* found;
    Passed* passed;
};
struct AnsweredCounts {
    std::size_t found = 0;
    std::size_t passed = 0;
};

// The columns of a collection, whole; rows as in its table.
struct EventColumns {
    const data::RowIndex* accounts = nullptr; // the record's parent
    const std::int64_t* times = nullptr;
    const data::Column* sequences = nullptr; // null: the collection has none

    std::optional<std::int64_t> sequence(data::RowIndex row) const {
        return sequences != nullptr && sequences->known(row)
                   ? std::optional(sequences->integer(row))
                   : std::nullopt;
    }
};

// An event of the signals A or B, or both.
struct ScannedEvent {
    data::RowIndex row = 0;
    std::int64_t time = 0;
    bool is_a = false;
    bool is_b = false;
};

// What stands for the time of an event that there was not: further away than any `within`.
inline constexpr std::int64_t kNever = INT64_MIN / 2;
inline constexpr std::int64_t kLongest = INT64_MAX / 4;

} // namespace rulebook::scan
