#include "tools/data/duckdb_reader.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "tools/data/duckdb_columns.hpp"
#include "tools/data/duckdb_query.hpp"
#include "tools/data/duckdb_watch.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

namespace {

class QueryReader final : public TableReader {
public:
    QueryReader(std::shared_ptr<Link> link, DuckdbQuery query)
        : link_(std::move(link)), query_(std::move(query)) {}

    Result<void> start(const std::string& sql) {
        if (duckdb_connect(link_->database.get(), connection_.out()) == DuckDBError) {
            return make_error("data.duckdb", "DuckDB gives no connection");
        }
        Prepared prepared;
        if (duckdb_prepare(connection_.get(), sql.c_str(), prepared.out()) == DuckDBError) {
            return query_error(query_.source, duckdb_prepare_error(prepared.get()));
        }
        if (query_.most_seconds > 0) {
            watch_.emplace(connection_.get(), std::chrono::seconds(query_.most_seconds));
        }
        if (duckdb_execute_prepared_streaming(prepared.get(), result_.out()) == DuckDBError) {
            return fault();
        }
        std::vector<DuckdbColumn> columns;
        for (const SelectedColumn& selected : query_.selected) {
            columns.push_back({.name = selected.field, .there = selected.place.has_value()});
        }
        auto made = DuckdbColumns::of(link_, *result_.out(), std::move(columns));
        if (!made.has_value()) {
            return tl::unexpected(made.error());
        }
        columns_ = *std::move(made);
        return {};
    }

    Result<TableBatch> next() override {
        TableBatch batch;
        batch.source = query_.source;
        Chunk chunk(duckdb_fetch_chunk(*result_.out()));
        const std::uint64_t size =
            chunk.get() == nullptr ? 0 : duckdb_data_chunk_get_size(chunk.get());
        if (size == 0) {
            const char* message = duckdb_result_error(result_.out());
            if (message != nullptr && *message != '\0') {
                return fault();
            }
            watch_.reset();
            return batch;
        }
        if (auto taken = columns_->take(std::move(chunk), batch.schema, batch.array);
            !taken.has_value()) {
            return tl::unexpected(taken.error());
        }
        batch.rows.reserve(size);
        for (std::uint64_t i = 0; i < size; ++i) {
            batch.rows.push_back(++row_);
        }
        return batch;
    }

    const std::vector<UnreadableRecord>& unreadable() const override { return unreadable_; }
    const std::vector<AbsentField>& absent_fields() const override { return query_.absent; }

private:
    tl::unexpected<rulebook::Error> fault() {
        const bool over = watch_.has_value() && watch_->over();
        watch_.reset();
        if (over) {
            return make_error("data.limits",
                              fmt::format("{}: the query was ended after {} minutes", query_.source,
                                          query_.most_seconds / 60),
                              "does it end? If it does, data.toml can give it more: query_minutes "
                              "= 60");
        }
        const char* message = duckdb_result_error(result_.out());
        if (duckdb_result_error_type(result_.out()) == DUCKDB_ERROR_OUT_OF_MEMORY) {
            return make_error("data.limits",
                              fmt::format("{}: {}", query_.source, first_line(message)),
                              "the query needs more memory than this machine has to give");
        }
        return query_error(query_.source, message);
    }

    std::shared_ptr<Link> link_;
    DuckdbQuery query_;
    Connection connection_; // of its own: one connection makes the rows of one query at a time
    QueryResult result_;
    std::optional<DuckdbColumns> columns_;
    std::optional<QueryWatch> watch_;
    std::uint64_t row_ = 0;
    std::vector<UnreadableRecord> unreadable_; // stays empty: DuckDB reads all or fails
};

} // namespace

Result<std::unique_ptr<TableReader>> read_query(std::shared_ptr<Link> link, const std::string& sql,
                                                DuckdbQuery query) {
    auto reader = std::make_unique<QueryReader>(std::move(link), std::move(query));
    if (auto started = reader->start(sql); !started.has_value()) {
        return tl::unexpected(started.error());
    }
    return reader;
}

} // namespace rulec::input
