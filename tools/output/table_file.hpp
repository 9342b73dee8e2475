// One table as a file, in any of the formats.
#pragma once

#include <filesystem>
#include <string_view>

#include "runtime/value/result.hpp"
#include "tools/data/typed_table.hpp"

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

} // namespace rulec::output
