// What a run leaves beside its results, so that a later one can take over what has not changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/value/digest.hpp"
#include "runtime/value/result.hpp"
#include "tools/incremental/account_part.hpp"
#include "tools/incremental/file_checksum.hpp"

namespace rulec::incremental {

inline constexpr std::string_view kStateFile = "run.state";

// What results depend on beside the accounts. A run takes over from another where all of it is
// alike, but for the instants: see Since.
struct RunSettings {
    std::string content_hash; // of the rulebook with all that it reads
    std::string tool_version;
    std::string zone_version;
    std::string out_format;
    std::vector<std::string> only; // rules that were asked for, sorted; empty: all
    std::optional<std::int64_t> as_of;
    std::optional<std::int64_t> taken_at;
    std::vector<std::string> hindsight; // see engine::Results
};

// An account's records as they stand in the files; without it they are read each time.
struct RawAccount {
    std::uint64_t key = 0; // see input::RawRecords::key_hash
    input::ByteSum sum;
    AccountPart part;

    friend bool operator==(const RawAccount&, const RawAccount&) = default;
};

struct StateAccount {
    rulebook::Digest identity{};           // of its key
    rulebook::Digest digest{};             // see output::account_digests
    std::optional<std::int64_t> next_time; // see next_time(), after as_of
    bool there = false;                    // at as_of
    std::vector<std::uint64_t> bytes;      // of its rows, by table
    std::string summary;                   // its part of the run's summary
    std::optional<RawAccount> raw{};
};

struct RunState {
    RunSettings settings;
    std::vector<std::string> tables;           // "accounts", "credits", …
    std::map<std::string, FileChecksum> files; // the results, by name
    // See input::RawRecords; empty: records are read each time.
    std::string circumstances{};
    // Fields of times all of whose values are dates: `deals.closed_at`.
    std::vector<std::string> dated{};
    std::vector<StateAccount> accounts; // in the order of their keys
};

std::string packed(const RunState& state);
// Fails with "state.damaged".
rulebook::Result<RunState> unpacked(std::string_view bytes);

} // namespace rulec::incremental
