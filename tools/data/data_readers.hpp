// Opens the files and queries of one data folder. Internal to this folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "runtime/value/result.hpp"
#include "tools/data/columns.hpp"
#include "tools/data/duckdb_session.hpp"
#include "tools/data/ndjson_reader.hpp"
#include "tools/data/table_reader.hpp"

namespace rulec::input {

// Readers keep what they need of this beyond the source's life.
struct DataReaders {
    DuckdbOptions options;
    std::uint64_t query_seconds = 0;
    std::unique_ptr<DuckdbSession> duckdb; // opened when it is first needed

    const std::filesystem::path& folder() const { return options.folder; }

    rulebook::Result<DuckdbSession*> session();
    rulebook::Result<std::unique_ptr<TableReader>> query(std::string sql, std::string source,
                                                         const std::vector<FieldColumn>& fields,
                                                         std::uint64_t most_seconds = 0);
    // `name`: of a file in the folder.
    rulebook::Result<std::unique_ptr<TableReader>>
    file(const std::string& name, const std::vector<FieldColumn>& fields, const NestedPlace& place);
};

} // namespace rulec::input
