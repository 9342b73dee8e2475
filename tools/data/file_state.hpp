// Whether a file is still the one that it was. Internal to this folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace rulec::input {

// Which file it is, and since when it is as it is.
struct FileState {
    std::string stamp;
    std::uint64_t bytes = 0;
};

// Nothing where it is no regular file.
std::optional<FileState> state_of(const std::filesystem::path& path);
// Its stamp, or an empty text.
std::string stamp_of(const std::filesystem::path& path);

} // namespace rulec::input
