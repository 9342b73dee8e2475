// A slip of the hand shall cost nobody data or rules: a verb that writes one file replaces only
// what such a verb wrote.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string_view>

#include "runtime/value/result.hpp"

namespace rulec::tool {

// Fails with file.foreign where `path` is there, is not empty, and `is_ours` is false of its bytes,
// or it is larger than `most_bytes`, or cannot be read. `what`: "learnt weights".
rulebook::Result<void> check_replaceable(const std::filesystem::path& path, std::size_t most_bytes,
                                         const std::function<bool(std::string_view)>& is_ours,
                                         std::string_view what);

} // namespace rulec::tool
