// From the text of a rulebook to whatever the compiler makes of it.
#pragma once

#include <vector>

#include "compiler/diagnostics/diagnostic.hpp"
#include "tools/rulec/load_rulebook.hpp"

namespace rulec::tool {

struct Compilation {};

Compilation compile_rulebook(const RulebookText& text, Diagnostics& diagnostics);

} // namespace rulec::tool
