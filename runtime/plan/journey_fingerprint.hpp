// Whether learnt weights still belong to a rule.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/plan/plan.hpp"

namespace rulebook::plan {

// SHA-256, in hex, of what decides which journeys a credit (index in Plan::credits) takes: its
// deals and their condition, `at`, its touches with filter and lookback, its parties. Another
// number only where one of these changed: fields, lists, lookups are what they are called and hold,
// not where they stand. Other rules that are asked count by their names. Requires a sound plan.
std::string journey_fingerprint(const Plan& plan, std::uint32_t credit);

} // namespace rulebook::plan
