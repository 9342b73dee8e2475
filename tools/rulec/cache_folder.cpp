#include "tools/rulec/cache_folder.hpp"

#include <cstdlib>
#include <string_view>

namespace rulec::tool {
namespace {

// As the XDG specification says, what is not absolute counts as not set.
std::optional<std::filesystem::path> folder_in(const char* variable) {
    const char* const value = std::getenv(variable);
    if (value == nullptr || value[0] != '/')
        return std::nullopt;
    return value;
}

} // namespace

std::optional<std::filesystem::path> cache_folder() {
    if (const auto ours = folder_in("RULEBOOK_CACHE"))
        return ours;
    if (const auto caches = folder_in("XDG_CACHE_HOME"))
        return *caches / "rulebook";
    if (const auto home = folder_in("HOME"))
        return *home / ".cache" / "rulebook";
    return std::nullopt;
}

} // namespace rulec::tool
