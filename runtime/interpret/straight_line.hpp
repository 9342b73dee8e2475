// `points 0 to 10 as x goes from 1 to 10`; internal to this folder.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/plan/value.hpp"

namespace rulebook::interpret {

// Points (hundredths) at `x` on the straight line from (from, points_from) to (to, points_to), flat
// outside; exact, rounded once half to even. The three values are known and all integers or all
// binary64. Where the line falls (`from` above `to`) it is the same line. Nothing if it does not
// fit.
std::optional<std::int64_t> on_straight_line(const plan::Value& x, const plan::Value& from,
                                             const plan::Value& to, std::int64_t points_from,
                                             std::int64_t points_to);

} // namespace rulebook::interpret
