// The origin of a row in one number. Internal to this folder.
#pragma once

#include "runtime/data/table.hpp"

namespace rulebook::data {

inline constexpr unsigned kRowBits = 40; // a million million rows of each of 16 million sources
inline constexpr std::uint64_t kGreatestRow = (std::uint64_t{1} << kRowBits) - 1;
inline constexpr std::uint32_t kMostSources = 1U << (64 - kRowBits);

constexpr std::uint64_t pack_origin(const RowOrigin& origin) {
    return std::uint64_t{origin.source} << kRowBits | origin.row;
}

constexpr RowOrigin unpack_origin(std::uint64_t packed) {
    return {static_cast<std::uint32_t>(packed >> kRowBits), packed & kGreatestRow};
}

} // namespace rulebook::data
