// What became of the rows of the input.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/plan/value.hpp"

namespace rulebook::data {

// Of one table (an entity's collection, or its history). Always:
// in = evaluated + rejected + duplicates + merged.
struct RowCounts {
    std::uint64_t in = 0;
    std::uint64_t evaluated = 0;  // records of the table
    std::uint64_t rejected = 0;   // listed one by one in the rejects
    std::uint64_t duplicates = 0; // rows that say what another row of their key says
    std::uint64_t merged = 0;     // rows that filled fields of another row of their key
    std::uint64_t orphans = 0;    // of the rejected: their parent is not in the data
    std::uint64_t incomplete = 0; // of the evaluated: some record below was rejected

    friend bool operator==(const RowCounts&, const RowCounts&) = default;
};

// A field and a cause for which values of it are unknown, over the records of the table.
struct UnknownCount {
    std::string field;
    plan::Cause cause = plan::Cause::MissingInput;
    std::uint64_t rows = 0;
    // What stood there in the first row that counts, shortened; empty if it is missing, or no
    // longer known, as where very many rows before it are rejected.
    std::string example;
    std::string source; // of that row
    std::uint64_t row = 0;
    std::string complaint{}; // about it: "is not a number; expected …"; empty where `example` is

    friend bool operator==(const UnknownCount&, const UnknownCount&) = default;
};

// A time field and how many of its values were written as dates and stand for their first instant.
struct DateCount {
    std::string field;
    std::uint64_t dates = 0;
    std::uint64_t values = 0; // known ones

    friend bool operator==(const DateCount&, const DateCount&) = default;
};

struct TableCounts {
    std::string table; // "accounts", "accounts_history"
    RowCounts rows;
    std::vector<UnknownCount> unknowns; // by field, then cause; only what occurs
    std::vector<DateCount> dates;       // of time fields; only what occurs

    friend bool operator==(const TableCounts&, const TableCounts&) = default;
};

} // namespace rulebook::data
