// Files in Arrow's IPC file format (also known as Feather 2), as Polars, pyarrow and R read them.
#pragma once

#include <filesystem>

#include "runtime/value/result.hpp"
#include "tools/data/typed_table.hpp"

namespace rulec::output {

// Writes the table over what `path` holds; rows stream through, a record batch (65,536 rows, or
// less where texts are long) at a time. Every column may be null. Text and Json: utf8; Integer:
// int64; Number: double; Decimal: decimal128(18, d); Percent: decimal128(18, 6); Date: date32;
// Time: timestamp in microseconds, UTC; Boolean: bool. Nothing is compressed, and buffers are
// aligned by 64 bytes, so that the file can be mapped into memory. Equal tables give equal bytes.
// Fails with "output.unwritable" and, for a decimal beyond 18 digits, "output.decimal".
rulebook::Result<void> write_arrow(const input::TypedTable& table,
                                   const std::filesystem::path& path);

} // namespace rulec::output
