// Numbers on an axis. Internal to this folder.
#pragma once

#include <bit>
#include <cstdint>

namespace rulec::check {

// Numbers in their order as integers in theirs.
inline std::int64_t ordered_bits(double value) {
    const auto bits = std::bit_cast<std::int64_t>(value == 0 ? 0.0 : value);
    return bits >= 0 ? bits : static_cast<std::int64_t>(0x8000000000000000ULL) - bits;
}

inline double from_ordered_bits(std::int64_t bits) {
    return std::bit_cast<double>(
        bits >= 0 ? bits : static_cast<std::int64_t>(0x8000000000000000ULL) - bits);
}

} // namespace rulec::check
