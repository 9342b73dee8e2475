// Some of the accounts, side by side.
#pragma once

#include <cstdint>
#include <span>

#include "runtime/scan/occurrence.hpp"

namespace rulebook::scan {

inline constexpr std::int64_t kNoOrigin = INT64_MIN;

// The accounts [first, last).
struct Piece {
    AccountIndex first = 0;
    AccountIndex last = 0;
    std::int64_t as_of = 0;
    // One each, kNoOrigin where it is unknown; empty where no field says it.
    std::span<const std::int64_t> origins{};

    std::int64_t origin(AccountIndex account) const {
        return origins.empty() ? kNoOrigin : origins[account - first];
    }
    bool is_early(const Found& found) const { return found.instant < origin(found.account); }
};

} // namespace rulebook::scan
