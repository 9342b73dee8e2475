// From the text of a rulebook to whatever the compiler makes of it.
#pragma once

#include <vector>

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/syntax/ast.hpp"
#include "tools/rulec/console.hpp"
#include "tools/rulec/load_rulebook.hpp"

namespace rulec::tool {

struct Compilation {
    std::vector<ast::File> files;
};

// Always gives what it could make of the text; all of it is there only if `diagnostics` has no
// errors.
Compilation compile_rulebook(const RulebookText& text, Diagnostics& diagnostics);

// 2 if something could not be read, 1 if there are errors (or warnings, where those count too).
ExitCode exit_code(const Diagnostics& diagnostics, bool warnings_count = false);

} // namespace rulec::tool
