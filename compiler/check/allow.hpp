// `allow RB2102 because "…"`: findings that somebody has judged.
#pragma once

#include <span>

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/syntax/ast.hpp"

namespace rulec::check {

// Takes back the warnings that a rule allows inside of it, and the header everywhere. Comes after
// whatever else reports warnings.
void silence_what_is_allowed(std::span<const ast::File> files, Diagnostics& diagnostics);

} // namespace rulec::check
