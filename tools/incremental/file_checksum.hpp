// Whether a file is as it was when it was written.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "runtime/value/result.hpp"

namespace rulec::incremental {

struct FileChecksum {
    std::uint64_t bytes = 0;
    std::string sum; // XXH3, 128 bits, in hex: it guards against accidents, not against forgery

    friend bool operator==(const FileChecksum&, const FileChecksum&) = default;
};

// Calls `take` with one piece after the other, from where the descriptor stands to the file's end;
// the stream's own buffer has no part in it. Fails with "file.unreadable".
rulebook::Result<void> read_whole(std::FILE* file,
                                  const std::function<void(std::string_view bytes)>& take);

// From where it stands, or of the whole file. Fail with "file.unreadable".
rulebook::Result<FileChecksum> checksum_of(std::FILE* file);
rulebook::Result<FileChecksum> checksum_of(const std::filesystem::path& path);

// Of bytes that are there.
std::string checksum_of_bytes(std::string_view bytes);

} // namespace rulec::incremental
