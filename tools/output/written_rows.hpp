// The rows of a file that write_table has written, as they stand in it. Internal to this folder.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/value/result.hpp"
#include "tools/output/byte_file.hpp"

namespace rulec::output {

// From the first to the last; a row is a record of CSV or a line of NDJSON. Not thread-safe.
class WrittenRows {
public:
    enum class LineEnd : std::uint8_t { EndsRow, MayBeQuoted };

    // Fails with "output.unreadable".
    static rulebook::Result<WrittenRows> open(const std::filesystem::path& path, LineEnd line_end);

    // Passes over so many rows. Fails with "output.unreadable", also where there are not so many.
    rulebook::Result<void> skip(std::uint64_t rows);
    // Appends so many to `file`. Fails the same way.
    rulebook::Result<void> copy(std::uint64_t rows, ByteFile& file);

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    WrittenRows() = default;
    std::size_t length_of_row(std::string_view text) const;
    rulebook::Result<void> pass(std::uint64_t rows, ByteFile* to);
    bool read_on();
    tl::unexpected<rulebook::Error> unreadable(const std::string& why) const;

    std::string path_;
    LineEnd line_end_ = LineEnd::EndsRow;
    std::unique_ptr<std::FILE, Close> file_;
    std::string buffer_;
    std::size_t at_ = 0; // what was passed of the buffer
};

} // namespace rulec::output
