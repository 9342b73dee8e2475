// Deals of few touches and few parties, eight parties at once, where the processor can. Internal to
// this folder.
#pragma once

#include "runtime/credit/columns/column_division.hpp"

namespace rulebook::credit::columns {

// So many rows are read behind the touches of a deal: where there are fewer, the deal is left.
inline constexpr std::uint32_t kTouchesBehind = 4;

// Whether this processor has what it takes: x86-64 with AVX-512.
bool has_lanes();

// Whether deals of the model may go this way.
bool suits_lanes(const ColumnRule& rule, const ColumnModel& model);

// Divides what it can of the deals, parties alone; the others are left. What it writes is exact:
// where binary64 cannot decide a floor, an order or a rounding, the deal is left. Requires
// has_lanes() and suits_lanes().
void divide_in_lanes(const ColumnModel& model, const TouchColumns& touches,
                     const DealColumns& deals, std::span<const std::uint32_t> asked,
                     DividedDeals& divided, std::vector<std::uint32_t>& left);

} // namespace rulebook::credit::columns
