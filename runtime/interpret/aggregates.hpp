// One function per kind of aggregate; internal to this folder. Declared by expanding
// aggregates.def: a kind without a function does not build.
#pragma once

#include "runtime/interpret/operation.hpp"

namespace rulebook::interpret {

template <plan::AggregateKind kind>
struct Of {};

#define RB_AGGREGATE(Name, id, spelling)                                                           \
    Value reduce(Of<plan::AggregateKind::Name>, const Call& call, const plan::Aggregate& aggregate);
#include "runtime/plan/aggregates.def"

} // namespace rulebook::interpret
