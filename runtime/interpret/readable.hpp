// Values as people read them: in `say`, in text outputs, in explanations.
#pragma once

#include <string>

#include "runtime/plan/schema.hpp"
#include "runtime/plan/type.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::interpret {

// `$1,200.00`, `EUR 1,200.00`, `12.5%`, `87.5` (points), `2026-01-31`, `2026-01-31T09:00:00Z`,
// `14 days`, an enum value's name, text as it is, `unknown`.
void append_readable(std::string& out, const plan::Schema& schema, plan::Type type,
                     const plan::Value& value);

// The same on its own, with text in quotes.
std::string readable(const plan::Schema& schema, plan::Type type, const plan::Value& value);

} // namespace rulebook::interpret
