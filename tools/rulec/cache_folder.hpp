// Where the tools keep what they can make again.
#pragma once

#include <filesystem>
#include <optional>

namespace rulec::tool {

// $RULEBOOK_CACHE, else $XDG_CACHE_HOME/rulebook, else ~/.cache/rulebook; nothing where none of
// these is set.
std::optional<std::filesystem::path> cache_folder();

} // namespace rulec::tool
