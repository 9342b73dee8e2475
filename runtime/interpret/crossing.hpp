// When a comparison of two values that move evenly with time changes its result.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/plan/op.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::interpret {

// The difference left - right is `difference` now and changes by `slope` every microsecond. The
// first microsecond, 1 or more from now, at which the comparison (Equal to GreaterEqual) gives
// another result than now; nothing if it never does, or not before the end of the calendar.
std::optional<std::int64_t> next_crossing(plan::Op comparison, Int128 difference, Int128 slope);

} // namespace rulebook::interpret
