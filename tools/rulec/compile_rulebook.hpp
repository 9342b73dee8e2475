// From the text of a rulebook to whatever the compiler makes of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/model/rulebook.hpp"
#include "runtime/plan/plan.hpp"
#include "tools/rulec/console.hpp"
#include "tools/rulec/load_rulebook.hpp"

namespace rulec::tool {

struct Compilation {
    std::vector<ast::File> files;
    model::Rulebook model;
    std::optional<rulebook::plan::Plan> plan; // only if there are no errors
};

// Says all that is wrong with the text, and gives what it could make of it short of the plan.
Compilation check_rulebook(const RulebookText& text, Diagnostics& diagnostics);

// The same, and the plan. Always gives what it could make of the text.
Compilation compile_rulebook(const RulebookText& text, Diagnostics& diagnostics);

// 2 if something could not be read, 1 if there are errors (or warnings, where those count too).
ExitCode exit_code(const Diagnostics& diagnostics, bool warnings_count = false);

// For verbs that need a sound rulebook and have other results than diagnostics.
struct SoundRulebook {
    RulebookText text;
    Compilation made;        // with a plan
    Diagnostics diagnostics; // warnings and notes
};
// Errors are told on the console's messages and leave their exit code; the others are left to
// `rulec check`, and to verbs whose results some of them are about.
// `to_be_written`: a file beside the rules that counts as not there (empty: none).
tl::expected<SoundRulebook, ExitCode> load_and_compile(const std::string& directory,
                                                       Console& console,
                                                       const std::string& to_be_written = {});

} // namespace rulec::tool
