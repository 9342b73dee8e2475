#include "tools/rulec/compile_rulebook.hpp"

#include <algorithm>

#include "compiler/syntax/parse.hpp"
#include "tools/rulec/log.hpp"

namespace rulec::tool {
namespace {

// RB9xxx: files and folders.
bool is_unreadable_input(const Diagnostic& diagnostic) {
    return diagnostic.severity == Severity::Error && diagnostic.code().starts_with("RB9");
}

} // namespace

Compilation compile_rulebook(const RulebookText& text, Diagnostics& diagnostics) {
    Compilation made;
    {
        TimedStep step("parse");
        for (FileId file : text.files)
            made.files.push_back(parse_file(file, text.sources, diagnostics));
    }
    return made;
}

ExitCode exit_code(const Diagnostics& diagnostics, bool warnings_count) {
    auto all = diagnostics.sorted();
    if (std::ranges::any_of(all, [](const Diagnostic* one) { return is_unreadable_input(*one); }))
        return ExitCode::Unusable;
    bool findings =
        diagnostics.has_errors() || (warnings_count && diagnostics.count(Severity::Warning) > 0);
    return findings ? ExitCode::Findings : ExitCode::Fine;
}

} // namespace rulec::tool
