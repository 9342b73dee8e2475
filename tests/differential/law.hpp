// The law that is tried out: every engine gives what the interpreter gives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "tests/differential/engine.hpp"
#include "tests/differential/outcomes.hpp"

namespace rulebook::differential {

// What was evaluated.
struct Amounts {
    std::size_t rulebooks = 0, records = 0, rows = 0;
    std::size_t files = 0; // of native code
};

enum class Report : std::uint8_t {
    Smallest, // with the smallest rulebook and records that are found, as a file of tests/corpus
    Short,    // what differs
};

// The rulebook and the records of a seed on all engines: what differs, if anything does.
std::optional<std::string> broken(std::uint64_t seed, Report report, Outcomes& outcomes,
                                  Amounts& amounts);

} // namespace rulebook::differential
