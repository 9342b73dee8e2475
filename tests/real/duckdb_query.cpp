// Runs the query on standard input and writes its rows to a CSV file: the independent answer that
// results on real data are compared with.
//
//   duckdb_query FILE.csv < query.sql
#include <duckdb.h>

#include <iostream>
#include <iterator>
#include <string>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: duckdb_query FILE.csv < query.sql\n";
        return 2;
    }
    const std::string query{std::istreambuf_iterator<char>(std::cin), {}};
    const std::string copy = "copy (" + query + ") to '" + argv[1] + "' (header, delimiter ',')";
    duckdb_database database = nullptr;
    duckdb_connection connection = nullptr;
    if (duckdb_open(nullptr, &database) == DuckDBError ||
        duckdb_connect(database, &connection) == DuckDBError)
        return 1;
    duckdb_result result;
    const bool failed = duckdb_query(connection, copy.c_str(), &result) == DuckDBError;
    if (failed)
        std::cerr << duckdb_result_error(&result) << '\n';
    duckdb_destroy_result(&result);
    duckdb_disconnect(&connection);
    duckdb_close(&database);
    return failed ? 1 : 0;
}
