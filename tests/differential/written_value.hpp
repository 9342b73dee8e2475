// Values as a `test` has them.
#pragma once

#include <string>

#include "runtime/plan/schema.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::differential {

// A known value of the type. (A whole number that has no literal, the least one, is written with
// its digits all the same.)
std::string written(const plan::Schema& schema, plan::Type type, const plan::Value& value);

} // namespace rulebook::differential
