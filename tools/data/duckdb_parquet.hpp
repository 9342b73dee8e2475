// What Parquet files say of their columns themselves. Internal to librulebook_duckdb.so.
#pragma once

#include <string>
#include <vector>

#include "tools/data/duckdb_handles.hpp"
#include "tools/data/duckdb_session.hpp"

namespace rulec::input {

// See DuckdbSession::parquet_columns.
rulebook::Result<std::vector<SourceColumn>>
parquet_columns(const Link& link, const std::string& pattern, const std::string& source);

} // namespace rulec::input
