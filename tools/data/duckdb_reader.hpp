// The rows of a query, as they are made. Part of librulebook_duckdb.so.
#pragma once

#include <memory>
#include <string>

#include "tools/data/duckdb_handles.hpp"
#include "tools/data/duckdb_session.hpp"

namespace rulec::input {

// Starts `sql`, which yields what `query` has selected, in types that Arrow batches have.
rulebook::Result<std::unique_ptr<TableReader>>
read_query(std::shared_ptr<Link> link, const std::string& sql, DuckdbQuery query);

} // namespace rulec::input
