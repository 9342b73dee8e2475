// Loads what `rulec compile -o rulebook.so` wrote, as plan::deserialize loads a plan.
#pragma once

#include <string>

#include "runtime/native/library.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::native {

// The file may be replaced or removed afterwards, and loaded again: what was loaded is as it was,
// and is unloaded with the last copy of its codes. Safe to call from many threads.
//
// Files that are damaged, cut short, foreign or of another version are refused before anything of
// them is run, with an Error as library_of gives it; native.unreadable: with the system's reason.
// Where this process may not load code, the library has the plan alone (Library::no_code). Who can
// write the file can run code in this process: the checks find mishaps, not malice.
Result<Library> load_library(const std::string& path);

// The same for whatever `rulec compile` writes: also of a plan (rulebook.rbk), which is
// interpreted. Fails as plan::deserialize does, too.
Result<Library> load_rulebook(const std::string& path);

} // namespace rulebook::native
