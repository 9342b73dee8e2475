// Handles of DuckDB that destroy themselves, and how a database is opened. Internal to
// librulebook_duckdb.so.
#pragma once

#include <duckdb.h>

#include <memory>
#include <string>
#include <utility>

#include "runtime/value/result.hpp"

namespace rulec::input {

// Owns one DuckDB handle; every handle names its destroy call.
template <class Handle, void (*Destroy)(Handle*)>
class Owned {
public:
    Owned() = default;
    explicit Owned(Handle handle) : handle_(handle) {}
    Owned(Owned&& other) noexcept : handle_(std::exchange(other.handle_, Handle{})) {}
    Owned& operator=(Owned&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    Owned(const Owned&) = delete;
    Owned& operator=(const Owned&) = delete;
    ~Owned() { Destroy(&handle_); }

    Handle get() const { return handle_; }
    Handle* out() { return &handle_; }

private:
    Handle handle_{};
};

inline void destroy_text(char** text) {
    duckdb_free(*text);
}

using Database = Owned<duckdb_database, duckdb_close>;
using Connection = Owned<duckdb_connection, duckdb_disconnect>;
using Config = Owned<duckdb_config, duckdb_destroy_config>;
using Statements = Owned<duckdb_extracted_statements, duckdb_destroy_extracted>;
using Prepared = Owned<duckdb_prepared_statement, duckdb_destroy_prepare>;
using QueryResult = Owned<duckdb_result, duckdb_destroy_result>;
using Chunk = Owned<duckdb_data_chunk, duckdb_destroy_data_chunk>;
using LogicalType = Owned<duckdb_logical_type, duckdb_destroy_logical_type>;
using Text = Owned<char*, destroy_text>;

// A connection with its database, which must outlive it; readers share it with the session.
struct Link {
    Database database;
    Connection connection;
};

// DuckDB's messages go on for lines; the first says what is wrong, a hint may follow.
std::string first_line(const char* message);

// Fails with "data.duckdb".
rulebook::Result<void> run(const Link& link, const std::string& sql);

// A database in memory, or the file `path` for reading only; with one thread and no extensions but
// those that are built in. Fails with "data.duckdb".
rulebook::Result<std::shared_ptr<Link>> open_link(const std::string& path = {});

} // namespace rulec::input
