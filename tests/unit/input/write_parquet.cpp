#include <duckdb.h>
#include <gtest/gtest.h>

#include "tests/unit/input/table_text.hpp"

namespace rulec::input {

void run_in_duckdb(const std::string& sql) {
    duckdb_database database = nullptr;
    duckdb_connection connection = nullptr;
    ASSERT_EQ(duckdb_open(nullptr, &database), DuckDBSuccess);
    ASSERT_EQ(duckdb_connect(database, &connection), DuckDBSuccess);
    duckdb_result result;
    EXPECT_EQ(duckdb_query(connection, sql.c_str(), &result), DuckDBSuccess)
        << duckdb_result_error(&result);
    duckdb_destroy_result(&result);
    duckdb_disconnect(&connection);
    duckdb_close(&database);
}

} // namespace rulec::input
