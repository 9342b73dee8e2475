// Parquet files. Written by our own hand: DuckDB takes rows from a table function by one thread
// only, and would have to be loaded for it.
#pragma once

#include <filesystem>

#include "runtime/value/result.hpp"
#include "tools/data/typed_table.hpp"

namespace rulec::output {

// Writes the table over what `path` holds; rows stream through, some row groups (122,880 rows, or
// less where texts are long) at a time, made by two threads where the table allows it. Every column
// is optional. Text and Json: strings; Integer: 64 bits; Number: double; Decimal: decimal(18, d);
// Percent: decimal(18, 6); Time: timestamp in microseconds, UTC. Pages are compressed by Snappy.
// Equal tables give equal bytes. Fails with "output.unwritable" and, for a decimal beyond 18
// digits, "data.parquet".
rulebook::Result<void> write_parquet(const input::TypedTable& table,
                                     const std::filesystem::path& path);

} // namespace rulec::output
