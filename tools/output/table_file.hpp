// One table as a file, in any of the formats.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "runtime/value/result.hpp"
#include "tools/data/typed_table.hpp"
#include "tools/output/byte_file.hpp"

namespace rulec::output {

enum class FileFormat : std::uint8_t { Csv, Ndjson, Parquet, Arrow };

// "csv", which is also the ending of the files.
std::string_view spelling(FileFormat format);
// Fails with "output.format".
rulebook::Result<FileFormat> file_format_of(std::string_view spelling);

// Writes the table over what `path` holds, in pieces: memory does not grow with the rows. Equal
// tables give equal bytes. Fails with "output.unwritable" (the system's reason) and as
// write_parquet and write_arrow do; then `path` holds something incomplete.
rulebook::Result<void> write_table(const input::TypedTable& table, FileFormat format,
                                   const std::filesystem::path& path);
// Whether files of the format are written row by row, so that rows can be taken over.
bool can_splice(FileFormat format);

// Who is told of what is written; each may be empty.
struct WriteWatch {
    WatchBytes bytes;
    std::function<void(std::uint64_t bytes)> row; // of the table, with its line end
};

// The same where can_splice(format).
rulebook::Result<void> write_table(const input::TypedTable& table, FileFormat format,
                                   const std::filesystem::path& path, const WriteWatch& watch);

// Rows of an earlier file of the table between those that are new.
struct Splice {
    // So many rows of the table, then so many bytes of the earlier file's rows passed over and so
    // many taken over as they stand there.
    struct Step {
        std::uint64_t added = 0;
        std::uint64_t passed = 0;
        std::uint64_t kept = 0;
    };

    std::filesystem::path earlier; // of the same columns
    std::vector<Step> steps;       // they take all rows of the table
};

// As write_table writes a table of all those rows. Requires can_splice(format). Fails as
// write_table does, and with "output.unreadable".
rulebook::Result<void> write_spliced(const input::TypedTable& table, const Splice& splice,
                                     FileFormat format, const std::filesystem::path& path,
                                     const WriteWatch& watch = {});

} // namespace rulec::output
