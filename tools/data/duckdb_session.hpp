// The seam between the tools and DuckDB, which is a library of its own: librulebook_duckdb.so,
// opened when it is first needed, because DuckDB takes longer to load than `rulec check` to run.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/value/result.hpp"
#include "tools/data/table_reader.hpp"
#include "tools/data/typed_table.hpp"

namespace rulec::input {

struct SelectedColumn {
    std::string field;                 // the name in the batches
    std::optional<std::string> column; // in the query's result; none: nothing but nulls
};

struct DuckdbQuery {
    std::string sql;    // one SELECT
    std::string source; // as batches and messages name it
    std::vector<SelectedColumn> selected;
    std::vector<AbsentField> absent; // for TableReader::absent_fields()
};

// One in-memory database. Queries see the files under one folder and nothing else: no other files,
// no network, no extensions; times with a zone are UTC; one thread, so that equal input gives rows
// in equal order. Not thread-safe. Readers may outlive it.
class DuckdbSession {
public:
    virtual ~DuckdbSession() = default;

    // The names of the columns of a query's result. Fails with code "data.query", DuckDB's message
    // in it.
    virtual rulebook::Result<std::vector<std::string>> columns_of(const std::string& sql,
                                                                  const std::string& source) = 0;

    // Runs the query; its whole result is held in memory until the reader is gone. Fails also with
    // "data.kind" where a selected column holds lists or structs.
    virtual rulebook::Result<std::unique_ptr<TableReader>> read(DuckdbQuery query) = 0;
};

using OpenedDuckdb = rulebook::Result<std::unique_ptr<DuckdbSession>>;

// What the library exports under the name kOpenDuckdb. `folder` is absolute.
using OpenDuckdb = void (*)(const std::filesystem::path& folder, OpenedDuckdb& opened);
inline constexpr const char* kOpenDuckdb = "rulebook_open_duckdb";

// And under the name kWriteParquet: see parquet_file.hpp.
using WriteParquet = void (*)(const TypedTable& table, const std::filesystem::path& path,
                              rulebook::Result<void>& written);
inline constexpr const char* kWriteParquet = "rulebook_write_parquet";

// Loads the library from beside this program (../lib) and opens a session. Fails with code
// "data.duckdb".
OpenedDuckdb open_duckdb(const std::filesystem::path& folder);

} // namespace rulec::input
