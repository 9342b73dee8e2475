// Fields of which a rule reads today's value for a past instant.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::engine {

// The untracked fields that a rule (index in Plan::rules) reads, itself or through the rules that
// it reads, by name, sorted: `employees`, `deal.amount`. The data holds only the snapshot's value
// of them. Not among them: fields that are fixed, tracked, or `known from` another; keys, times
// from which a record is known and sequences; fields of records that happen (`ordered by`).
std::vector<std::string> hindsight_fields(const plan::Plan& plan, std::uint32_t rule);

} // namespace rulebook::engine
