// Fields of which a rule reads today's value for a past instant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::engine {

// The untracked fields that a rule (index in Plan::rules) reads, itself or through the rules that
// it reads, by name, sorted: `employees`, `deal.amount`. The data holds only the snapshot's value
// of them. Not among them: fields that are fixed, tracked, or `known from` another; keys, times
// from which a record is known and sequences; fields of records that happen (`ordered by`).
std::vector<std::string> hindsight_fields(const plan::Plan& plan, std::uint32_t rule);

// What Results::hindsight says of a run as of `as_of` (nothing: of no instant) over data that were
// taken at `taken_at`.
std::vector<std::string> hindsight_texts(const plan::Plan& plan,
                                         std::optional<std::int64_t> taken_at,
                                         std::optional<std::int64_t> as_of);

} // namespace rulebook::engine
