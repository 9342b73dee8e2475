// What makes sure that a file of native code is whole and unchanged before anything of it is run.
// The system's loader takes any file at its word, and a damaged one ends the process.
//
// A sealed file is: the shared object; where in it the plan begins and how long that is (eight
// bytes each, least significant first); the SHA-256 of all that (32 bytes); a format version (one
// byte); the magic "RULESEAL". Programs that read shared objects do not mind what follows them.
#pragma once

#include <string>
#include <string_view>

#include "runtime/value/result.hpp"

namespace rulebook::native {

// `plan`: the bytes that stand somewhere in the shared object.
std::string seal(std::string shared_object, std::string_view plan);

// The plan, as a file .rbk has it. Refuses what was not sealed, is damaged (native.damaged), or was
// sealed by another version (native.version). `name` is what the bytes are called in messages.
Result<std::string_view> sealed_plan(std::string_view bytes, std::string_view name);

} // namespace rulebook::native
