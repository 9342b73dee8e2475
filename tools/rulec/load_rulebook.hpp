// A rulebook's folder as the compiler takes it: the texts of its rules, and a way to its lists.
#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/diagnostics/source.hpp"
#include "compiler/model/file_reader.hpp"
#include "runtime/value/result.hpp"

namespace rulec::tool {

struct RulebookText {
    std::string directory;     // as it was given
    Sources sources;           // every *.rules file, by path
    std::vector<FileId> files; // of the rules, in that order
    model::FileReader read;    // the files beside them
};

// Reads every `*.rules` file in `directory` and below, in the byte order of their paths; hidden
// files and folders, and links that lead out, are left aside (the latter with a diagnostic). Paths
// are shown as `directory` was given. What cannot be read is a diagnostic; the Error is for a
// `directory` that names no folder at all (wrong usage).
rulebook::Result<RulebookText> load_rulebook(const std::string& directory,
                                             Diagnostics& diagnostics);

} // namespace rulec::tool
