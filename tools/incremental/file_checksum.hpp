// Whether a file is as it was when it was written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "runtime/value/result.hpp"

namespace rulec::incremental {

struct FileChecksum {
    std::uint64_t bytes = 0;
    std::string sum; // XXH3, 128 bits, in hex: it guards against accidents, not against forgery

    friend bool operator==(const FileChecksum&, const FileChecksum&) = default;
};

// Fails with "file.unreadable".
rulebook::Result<FileChecksum> checksum_of(const std::filesystem::path& path);

// Of bytes that are there.
std::string checksum_of_bytes(std::string_view bytes);

} // namespace rulec::incremental
