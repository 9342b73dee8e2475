// How the elements of an aggregate are found without looking at all of them. The interpreter does
// so by these rules; the compiler counts by them, and warns where neither helps.
#pragma once

#include "runtime/plan/plan.hpp"

namespace rulebook::plan {

// Whether which elements there are can be found out once for each owner and kept: their condition
// and time are made of nothing but fields of theirs that never change. `node`: an Aggregate.
bool elements_stay(const Plan& plan, const Node& node);

// Whether the windows go by the time from which the collection's records are there, by which the
// data order them: those inside are found by their place.
bool windows_go_by_arrival(const Schema& schema, const Aggregate& aggregate);

// Whether the aggregate needs no more of elements that stay than their places: their number, the
// first or the last of them. `node`: an Aggregate.
bool asks_for_places(const Plan& plan, const Node& node);

} // namespace rulebook::plan
