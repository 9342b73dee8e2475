// Whether a file is as it was when it was written.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/value/result.hpp"

namespace rulec::incremental {

struct FileChecksum {
    std::uint64_t bytes = 0;
    std::string sum; // XXH3, 128 bits, in hex: it guards against accidents, not against forgery

    friend bool operator==(const FileChecksum&, const FileChecksum&) = default;
};

// Of bytes that come one after the other.
class RunningChecksum {
public:
    RunningChecksum();
    RunningChecksum(RunningChecksum&&) noexcept;
    RunningChecksum& operator=(RunningChecksum&&) noexcept;
    ~RunningChecksum();

    void add(std::string_view bytes);
    FileChecksum checksum() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Calls `take` with one piece after the other, from where the descriptor stands to the file's end;
// the stream's own buffer has no part in it. Fails with "file.unreadable".
rulebook::Result<void> read_whole(std::FILE* file,
                                  const std::function<void(std::string_view bytes)>& take);

// From where it stands. Fails with "file.unreadable".
rulebook::Result<FileChecksum> checksum_of(std::FILE* file);

// Of bytes that are there.
std::string checksum_of_bytes(std::string_view bytes);

} // namespace rulec::incremental
