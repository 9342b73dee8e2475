// How fast a value that moves evenly does so now; internal to this folder.
#pragma once

#include "runtime/interpret/operation.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::interpret {

// By how much the node's value (known) grows every microsecond, until the next change that is noted
// for it or below. 0 for what stands still.
Int128 slope_of(Evaluation& evaluation, plan::NodeId id);

} // namespace rulebook::interpret
