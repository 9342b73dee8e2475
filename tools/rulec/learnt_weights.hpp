// Learnt weights: the file that `split markov("…")` reads, and how they are told to people.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/credit/journeys.hpp"
#include "runtime/learn/removal_effects.hpp"

namespace rulec::tool {

// What was learnt by which rule, where there is one.
struct LearntBy {
    std::string rulebook;
    std::string version;
    std::string rule;
    std::string rule_hash; // journey_fingerprint
    std::string as_of;     // empty: no instant
    std::string lookback;  // "90 days"; empty: none
};

// Of journeys that were counted from records.
struct CountedRecords {
    std::uint64_t accounts = 0, won = 0, lost = 0, accounts_without_close = 0;
    rulebook::credit::LeftOut left_out;
};

struct LearntWeights {
    std::optional<LearntBy> by;
    std::optional<CountedRecords> records; // none: paths
    std::string data_fingerprint;          // of the records or paths, in any order
    rulebook::learn::JourneyGraph graph;
    std::vector<rulebook::learn::ChannelWeight> weights; // as the graph's channels
    std::vector<std::string> unseen;                     // parties that no journey has, by the type
};

// A number of at most 17 significant digits that gives the same binary64 again; never with an
// exponent, and with no more decimals than weights may have.
std::string exact_decimal(double value);

// The bytes of the file, by grammar/CREDIT_FILES.md. Alike for the same journeys.
std::string weights_file(const LearntWeights& learnt);

std::string weights_text(const LearntWeights& learnt);
// `file`: where the weights were written.
std::string weights_json(const LearntWeights& learnt, const std::string& file);

} // namespace rulec::tool
