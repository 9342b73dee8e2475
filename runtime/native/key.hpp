// Values as integers of the same order. Internal to this folder and to what searches its indexes.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

#include "runtime/plan/value.hpp"

namespace rulebook::native {

inline constexpr std::int64_t kSignless = std::numeric_limits<std::int64_t>::max();

// Both zeros are one. Not for NaN.
inline std::int64_t key_of(double value) {
    if (value == 0.0)
        return 0;
    const auto bits = std::bit_cast<std::int64_t>(value);
    return bits < 0 ? bits ^ kSignless : bits;
}
inline double real_of_key(std::int64_t key) {
    return std::bit_cast<double>(key < 0 ? key ^ kSignless : key);
}

// Of a known bool, integer or real.
inline std::int64_t key_of(const plan::Value& value) {
    switch (value.alternative()) {
    case 1:
        return value.boolean() ? 1 : 0;
    case 2:
        return value.integer();
    default:
        return key_of(value.real());
    }
}

} // namespace rulebook::native
