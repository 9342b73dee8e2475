// Diagnostics as people and other tools read them. All forms give the same findings in the same
// order: by file, position and code.
#pragma once

#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/diagnostics/source.hpp"

namespace rulec {

enum class Colour : bool { Never, Always };

// `path:line:col: error[RB1203]: …`, the line with what is meant underlined, labels, help, fix.
std::string render_text(const Diagnostics& diagnostics, const Sources& sources, Colour colour);
std::string render_text(const Diagnostic& diagnostic, const Sources& sources, Colour colour);
// `2 errors, 1 warning`; empty if there is nothing to count.
std::string summary(const Diagnostics& diagnostics);

// One object: `diagnostics`, and the number of `errors`, `warnings`, `notes` and `omitted` ones.
std::string render_json(const Diagnostics& diagnostics, const Sources& sources);

// SARIF 2.1.0; columns count code points. `tool_version` is the compiler's.
std::string render_sarif(const Diagnostics& diagnostics, const Sources& sources,
                         std::string_view tool_version);

// Workflow commands that show findings beside the lines of a pull request.
std::string render_github(const Diagnostics& diagnostics, const Sources& sources);

} // namespace rulec
