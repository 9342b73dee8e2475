// What a query is, before DuckDB looks at the tables and files in it. Internal to
// librulebook_duckdb.so.
#pragma once

#include <string>
#include <vector>

#include "tools/data/duckdb_handles.hpp"

namespace rulec::input {

// Prepares the query if it is one statement and that is a SELECT; nothing else reaches the binder,
// which would make the folder of an EXPORT DATABASE. Fails with "data.query".
rulebook::Result<Prepared> prepare_select(const Link& link, const std::string& sql,
                                          const std::string& source);

// See DuckdbSession::changing_parts.
std::vector<std::string> changing_parts(const Link& link, const std::string& sql);

tl::unexpected<rulebook::Error> query_error(const std::string& source, const char* message);

} // namespace rulec::input
