// run.json: what a run was made of, so that it can be told apart from every other and repeated.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/data/counts.hpp"
#include "runtime/engine/results.hpp"

namespace rulec::output {

struct RunCircumstances {
    std::string engine;     // "interpreter"
    std::string git_commit; // of the rulebook's folder; empty: none
    std::string tool_version;
    std::string started_at; // RFC 3339 UTC
    double load_seconds = 0;
    double evaluate_seconds = 0;
    // Of the data, by code and words.
    std::vector<std::pair<std::string, std::string>> warnings;
    std::vector<std::string> files; // names of what the run writes, run.json among them
    // Of a run that takes over from an earlier one.
    struct Since {
        std::string folder; // of that run
        std::uint64_t evaluated = 0;
        std::uint64_t kept = 0;
        std::uint64_t not_read = 0; // of those kept: their records are the same bytes
        std::string why_all;        // why nothing could be taken over; empty: it could
        std::string why_read;       // why all records were read all the same; empty: they were not
    };
    std::optional<Since> since{};
};

struct RunData {
    const std::vector<rulebook::data::TableCounts>& counts;
    std::string fingerprint; // see DataFingerprint
    std::string root;        // the table of accounts; of them some may not be there yet
};

// JSON, indented. Of the results only what they are of is looked at.
std::string run_record(const RunData& data, const rulebook::engine::Results& results,
                       const RunCircumstances& circumstances);

} // namespace rulec::output
