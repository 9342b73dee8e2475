// Parquet files, written by DuckDB.
#pragma once

#include <filesystem>

#include "runtime/value/result.hpp"
#include "tools/data/typed_table.hpp"

namespace rulec::input {

// Writes the table into the file `path`, which is there already or made; rows stream through, a row
// group (122,880 rows) at a time. Text and Json: strings; Integer: 64 bits; Number: double;
// Decimal: decimal(18, d); Percent: decimal(18, 6); Time: timestamp in microseconds, UTC. Equal
// tables give equal bytes. Fails with "data.duckdb" and "data.parquet" (DuckDB's message; or a
// decimal beyond 18 digits).
rulebook::Result<void> write_parquet(const TypedTable& table, const std::filesystem::path& path);

} // namespace rulec::input
