// What was known when: rules that see with hindsight, and the past of what has none.
#pragma once

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/model/rulebook.hpp"

namespace rulec::check {

// RB1701, once per field: a trigger or credit rule reads it at past instants, itself or through
// what it reads, and it is untracked. RB1324: `as of` or `change` of what only untracked fields
// decide.
void check_past(const model::Rulebook& book, Diagnostics& diagnostics);

} // namespace rulec::check
