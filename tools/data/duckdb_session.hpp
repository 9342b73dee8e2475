// The seam between the tools and DuckDB, which is a library of its own: librulebook_duckdb.so,
// opened when it is first needed, because DuckDB takes longer to load than `rulec check` to run.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/value/result.hpp"
#include "tools/data/table_reader.hpp"

namespace rulec::input {

struct SelectedColumn {
    std::string field;                // the name in the batches
    std::optional<std::size_t> place; // of the column in the query's result; none: only nulls
};

struct SourceColumn {
    std::string name;
    // Of Parquet: "decimals of 40 digits", what DuckDB does not read as it is; or empty.
    std::string unread;
};

struct DuckdbQuery {
    std::string sql;    // one SELECT
    std::string source; // as batches and messages name it
    std::vector<SelectedColumn> selected;
    std::vector<AbsentField> absent; // for TableReader::absent_fields()
    // The query is ended with "data.limits" if its rows are not all there by then; 0: no limit.
    std::uint64_t most_seconds = 0;
};

struct DuckdbOptions {
    std::filesystem::path folder{};   // absolute; queries may read its files
    std::filesystem::path database{}; // a DuckDB file, opened for reading only; empty: in memory
    std::uint64_t memory = 0;         // bytes that queries may hold; 0: DuckDB's default
};

// One database. Queries see the files under one folder, the database's tables and nothing else: no
// other files, no network, no extensions; nothing is run that is not one SELECT; times with a zone
// are UTC; one thread, so that equal input gives rows in equal order. Not thread-safe. Readers may
// outlive it.
class DuckdbSession {
public:
    virtual ~DuckdbSession() = default;

    // Of a query's result. Fails with code "data.query", DuckDB's message in it.
    virtual rulebook::Result<std::vector<SourceColumn>> columns_of(const std::string& sql,
                                                                   const std::string& source) = 0;

    // Of a Parquet file as the file itself names them, in the order in which read_parquet gives
    // them; there names can be others, since DuckDB's do not differ in case alone. Of a pattern,
    // those of each file that fits, one file's after the other's. Fails as columns_of.
    virtual rulebook::Result<std::vector<SourceColumn>>
    parquet_columns(const std::string& pattern, const std::string& source) = 0;

    // Starts the query; rows are made as they are read. Fails also with "data.kind" where a
    // selected column holds lists or structs.
    virtual rulebook::Result<std::unique_ptr<TableReader>> read(DuckdbQuery query) = 0;

    // What in a query gives another result in each run, as it is written in SQL: random, now.
    // `sql` is one SELECT.
    virtual std::vector<std::string> changing_parts(const std::string& sql) = 0;

    // The names of the database's tables and views, sorted.
    virtual rulebook::Result<std::vector<std::string>> tables() = 0;
};

using OpenedDuckdb = rulebook::Result<std::unique_ptr<DuckdbSession>>;

// What the library exports under the name kOpenDuckdb.
using OpenDuckdb = void (*)(const DuckdbOptions& options, OpenedDuckdb& opened);
inline constexpr const char* kOpenDuckdb = "rulebook_open_duckdb";

// Loads the library from beside this program (../lib) and opens a session. Fails with code
// "data.duckdb".
OpenedDuckdb open_duckdb(const DuckdbOptions& options);

} // namespace rulec::input
