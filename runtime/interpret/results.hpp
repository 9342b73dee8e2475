// What fits, decisions and tables give for one root record at one instant.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/plan/value.hpp"

namespace rulebook::interpret {

// One clause of a fit.
struct ClauseResult {
    // True: it hit. Unknown, with the cause: it gives no points. A clause over elements (`for each
    // of`) hits if there is one that counts.
    plan::Value truth;
    std::int64_t points = 0;   // hundredths, before the clause's own limit
    std::int64_t elements = 0; // `for each of`: how many count
    std::int64_t limit = 0;    // hundredths that its `at most`, `at least` add (below 0: take away)

    friend bool operator==(const ClauseResult&, const ClauseResult&) = default;
};

// points and limits of all clauses + group_limits + score_limit + out_loss = score, always.
struct FitResult {
    std::uint32_t version = 0;        // index in Plan::fits
    std::int64_t score = 0;           // hundredths
    std::optional<std::int64_t> tier; // index in the tier enum; none: the fit has no tiers
    bool out = false;
    std::uint32_t unknowns = 0; // clauses whose truth is unknown, `out when` included

    std::vector<plan::Value> outs;          // truth of each `out when`
    std::vector<ClauseResult> clauses;      // in source order
    std::vector<std::int64_t> group_limits; // hundredths that a group's limits add
    std::int64_t score_limit = 0;           // hundredths that `score … to …` adds
    std::int64_t out_loss = 0;              // hundredths that `out` takes: score 0 whatever hit

    friend bool operator==(const FitResult&, const FitResult&) = default;
};

struct DecisionResult {
    std::uint32_t version = 0; // index in Plan::decisions
    plan::Value value;
    std::optional<std::uint32_t> choice; // which `choose` it was; none matched: none
    std::vector<plan::Value> truths;     // of the conditions up to and including that one

    friend bool operator==(const DecisionResult&, const DecisionResult&) = default;
};

struct TableResult {
    std::uint32_t version = 0;        // index in Plan::tables
    std::vector<plan::Value> outputs; // one a column; empty with hit policy `collect`
    std::vector<std::uint32_t> rows;  // that matched and count, in table order
    std::vector<std::vector<plan::Value>> collected; // hit policy `collect`: outputs of each row

    friend bool operator==(const TableResult&, const TableResult&) = default;
};

} // namespace rulebook::interpret
