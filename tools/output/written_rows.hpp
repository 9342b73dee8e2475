// The rows of a file that write_table has written, as they stand in it. Internal to this folder.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "runtime/value/result.hpp"
#include "tools/output/byte_file.hpp"

namespace rulec::output {

// From the first to the last. Not thread-safe.
class WrittenRows {
public:
    // Fails with "output.unreadable".
    static rulebook::Result<WrittenRows> open(const std::filesystem::path& path);

    // Passes over so many bytes.
    void skip(std::uint64_t bytes) { at_ += bytes; }
    // Appends so many to `file`. Fails with "output.unreadable", also where there are not so many.
    rulebook::Result<void> copy(std::uint64_t bytes, ByteFile& file);

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    WrittenRows() = default;
    tl::unexpected<rulebook::Error> unreadable(const std::string& why) const;

    std::string path_;
    std::unique_ptr<std::FILE, Close> file_;
    std::unique_ptr<char[]> buffer_;
    std::uint64_t at_ = 0; // in the file
};

} // namespace rulec::output
