// What makes sure that a file of native code is whole and unchanged before anything of it is run.
// The system's loader takes any file at its word, and a damaged one ends the process.
//
// A sealed file is: the shared object; the SHA-256 of that (32 bytes); a format version (one byte);
// the magic "RULECODE". Programs that read shared objects do not mind what follows them.
#pragma once

#include <string>
#include <string_view>

#include "runtime/value/result.hpp"

namespace rulebook::native {

std::string seal(std::string shared_object);

// Refuses what was not sealed, is damaged (native.damaged), or was sealed by another version
// (native.version). `name` is what the bytes are called in messages.
Result<void> check_seal(std::string_view bytes, std::string_view name);

} // namespace rulebook::native
