// A rulebook and records on which an engine differs from the interpreter, made small.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/differential/comparison.hpp"
#include "tests/differential/engine.hpp"

namespace rulebook::differential {

struct Failure {
    std::string text;
    std::vector<generator::InputRecord> records;
    std::int64_t instant = 0;
    std::string account; // its key
    Difference difference;
};

// The failure that is found where all accounts are asked about at the instant; nothing if none is,
// or where the text or a record is not accepted.
std::optional<Failure> failure_at(const Engine& engine, const std::string& text,
                                  const std::vector<generator::InputRecord>& records,
                                  std::int64_t instant);

// Declarations, lines, parts of expressions, records and values are left out as long as something
// differs (it need not be the same value that does). What is left cannot be made smaller so, or
// much was tried.
Failure shrunk(const Engine& engine, Failure failure);

} // namespace rulebook::differential
