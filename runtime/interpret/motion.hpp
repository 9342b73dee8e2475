// Which values of a plan move with every instant, though no record comes; internal to this folder.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::interpret {

// Per node.
//
//   Still   it stays as it is between certain instants, which can be derived.
//   Linear  a time or a duration that changes by a whole number of microseconds every microsecond:
//           `as_of`, `age(t)`.
//
// What moves in any other way (points that fade, quotients of what moves) is looked at at the start
// of each calendar day, so between those it counts as still.
enum class Motion : std::uint8_t { Still, Linear };

std::vector<Motion> motions(const plan::Plan& plan);

} // namespace rulebook::interpret
