// Applies the certain fixes of diagnostics to the text of a file.
#pragma once

#include <cstddef>
#include <string>

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/diagnostics/source.hpp"

namespace rulec {

struct FixedText {
    std::string text;
    std::size_t applied = 0; // diagnostics whose edits are in `text`
    std::size_t left = 0;    // those that overlap one that was applied: check again
};

// In the order of the diagnostics; the edits of one are applied together or not at all. A fix
// that touches another file as well is left out.
FixedText apply_fixes(const Diagnostics& diagnostics, const Sources& sources, FileId file);

} // namespace rulec
