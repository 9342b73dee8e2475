// Reads files that somebody else wrote: whole, within a limit, never blocking on what is no file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "compiler/model/file_reader.hpp"
#include "runtime/value/result.hpp"

namespace rulec::tool {

inline constexpr std::size_t kMaximumRulesBytes = std::size_t{16} << 20U;
inline constexpr std::size_t kMaximumRulebookBytes = std::size_t{256} << 20U; // all files together
inline constexpr std::size_t kMaximumListBytes = std::size_t{64} << 20U;
inline constexpr std::size_t kMaximumRulesFiles = 10'000;

// The bytes of a regular file. Error codes: file.unreadable (with the system's reason),
// file.too_large.
rulebook::Result<std::string> read_file(const std::filesystem::path& path,
                                        std::size_t maximum_bytes);

// Whether `path`, symbolic links followed, lies in `folder` (which must be canonical).
bool lies_within(const std::filesystem::path& folder, const std::filesystem::path& path);

// Reads what lies in `folder` and nothing else: absolute paths, `..` and links that lead out are
// refused with file.outside. `folder` must exist.
model::FileReader reader_within(const std::filesystem::path& folder);

// The same reader, to which the file `absent` is not there.
model::FileReader reader_without(model::FileReader read, const std::filesystem::path& folder,
                                 const std::filesystem::path& absent);

// Whether two paths lead to one file, be it there or not.
bool same_file(const std::filesystem::path& left, const std::filesystem::path& right);

} // namespace rulec::tool
