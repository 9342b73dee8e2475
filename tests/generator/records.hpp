// Random records for any schema, as rows of an input, and what of them was known at an instant.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/data/dataset_builder.hpp"
#include "runtime/plan/schema.hpp"
#include "tests/generator/randomness.hpp"

namespace rulebook::generator {

struct InputRecord {
    std::string table; // "accounts", "accounts_history"
    plan::EntityIndex entity = 0;
    bool history = false;
    data::RecordValues values;
};

inline constexpr std::int64_t kDay = 86'400'000'000;
inline constexpr std::int64_t kFirstInstant = 1'771'545'600'000'000; // 2026-02-20T00:00:00Z
inline constexpr std::int64_t kLastInstant = kFirstInstant + 70 * kDay;

struct RecordStyle {
    bool calendar_ends = false; // some dates and times lie there
    // So many records of a child collection belong to one of the accounts, at least; 0: of none.
    std::size_t crowd = 0;
};

// Records of `accounts` roots and what belongs to them, with unknowns, boundaries and instants that
// meet.
std::vector<InputRecord> random_input(Randomness& random, const plan::Schema& schema,
                                      std::size_t accounts, const RecordStyle& style = {});

// Without what became visible or known after the instant.
std::vector<InputRecord> known_at(const plan::Schema& schema, std::vector<InputRecord> records,
                                  std::int64_t instant);

// The snapshot was taken at kLastInstant.
data::Dataset dataset_of(const plan::Schema& schema, const std::vector<InputRecord>& records);

} // namespace rulebook::generator
