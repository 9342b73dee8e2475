// The fields of one root record, where kernels read them. Internal to this folder.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "runtime/plan/schema.hpp"

namespace rulebook::single {

// One field's value, as arrays of one row hold it.
struct Slot {
    union {
        std::int64_t integer = 0; // of a bool: 0 or 1
        double real;
    };
    std::uint32_t code = 0; // of a text: which of those it is compared with
    std::uint8_t known = 0;
    std::string text{}; // keeps its room from record to record
};

// What values of a field are let through; others are unknown.
struct SlotRange {
    plan::Representation held = plan::Representation::Integer;
    std::int64_t least = std::numeric_limits<std::int64_t>::min();
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
    double least_real = std::numeric_limits<double>::lowest(); // also keeps out what is no number
    double most_real = std::numeric_limits<double>::max();
};

// By the type of the field and its declared range.
SlotRange range_of(const plan::Schema& schema, const plan::Field& field);

} // namespace rulebook::single
