// Queries. Part of librulebook_duckdb.so, whose files are the only ones that know DuckDB.
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "tools/data/duckdb_handles.hpp"
#include "tools/data/duckdb_session.hpp"
#include "tools/data/sql_text.hpp"

namespace rulec::input {
namespace {

using rulebook::make_error;
using rulebook::Result;

tl::unexpected<rulebook::Error> query_error(const std::string& source, const char* message) {
    const std::string text = first_line(message);
    const bool forbidden = text.find("disabled by configuration") != std::string::npos;
    return make_error("data.query", fmt::format("{}: {}", source, text),
                      forbidden ? "a query may read the files of the data folder only" : "");
}

enum class Delivery { AsItIs, AsText, NotAtAll };

Delivery delivery_of(duckdb_type type) {
    switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
    case DUCKDB_TYPE_DECIMAL:
    case DUCKDB_TYPE_VARCHAR:
    case DUCKDB_TYPE_DATE:
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_S:
    case DUCKDB_TYPE_TIMESTAMP_MS:
    case DUCKDB_TYPE_TIMESTAMP_NS:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
    case DUCKDB_TYPE_SQLNULL:
        return Delivery::AsItIs;
    case DUCKDB_TYPE_BLOB:
    case DUCKDB_TYPE_LIST:
    case DUCKDB_TYPE_STRUCT:
    case DUCKDB_TYPE_MAP:
    case DUCKDB_TYPE_ARRAY:
    case DUCKDB_TYPE_UNION:
        return Delivery::NotAtAll;
    default: // whole numbers beyond 64 bits, times of day, UUIDs, enums, ...
        return Delivery::AsText;
    }
}

void release_nothing(ArrowArray* array) {
    array->release = nullptr;
}

// DuckDB has no columns of the type null: it delivers whole numbers that are all null.
void make_null_column(ArrowSchema& schema, ArrowArray& array) {
    schema.format = "n";
    const std::int64_t length = array.length;
    array.release(&array);
    array = ArrowArray{};
    array.length = length;
    array.null_count = length;
    array.release = release_nothing;
}

class QueryReader final : public TableReader {
public:
    QueryReader(std::shared_ptr<Link> link, QueryResult result, DuckdbQuery query)
        : link_(std::move(link)), result_(std::move(result)), query_(std::move(query)),
          options_(duckdb_result_get_arrow_options(result_.out())) {}

    Result<TableBatch> next() override {
        TableBatch batch;
        batch.source = query_.source;
        const Chunk chunk(duckdb_fetch_chunk(*result_.out()));
        const std::uint64_t size =
            chunk.get() == nullptr ? 0 : duckdb_data_chunk_get_size(chunk.get());
        if (size == 0) {
            return batch;
        }
        if (auto schema = fill_schema(batch); !schema.has_value()) {
            return tl::unexpected(schema.error());
        }
        const ErrorData error(
            duckdb_data_chunk_to_arrow(options_.get(), chunk.get(), batch.array.fill()));
        if (duckdb_error_data_has_error(error.get())) {
            return query_error(query_.source, duckdb_error_data_message(error.get()));
        }
        for (std::size_t i = 0; i < query_.selected.size(); ++i) {
            if (!query_.selected[i].column.has_value()) {
                make_null_column(*batch.schema->children[i], *batch.array->children[i]);
            }
        }
        for (std::uint64_t i = 0; i < size; ++i) {
            batch.rows.push_back(++row_);
        }
        return batch;
    }

    const std::vector<UnreadableRecord>& unreadable() const override { return unreadable_; }
    const std::vector<AbsentField>& absent_fields() const override { return query_.absent; }

private:
    Result<void> fill_schema(TableBatch& batch) {
        std::vector<LogicalType> types;
        std::vector<duckdb_logical_type> type_handles;
        std::vector<const char*> names;
        for (std::size_t i = 0; i < query_.selected.size(); ++i) {
            types.emplace_back(duckdb_column_logical_type(result_.out(), i));
            type_handles.push_back(types.back().get());
            names.push_back(query_.selected[i].field.c_str());
        }
        const ErrorData error(duckdb_to_arrow_schema(
            options_.get(), type_handles.data(), names.data(), names.size(), batch.schema.fill()));
        if (duckdb_error_data_has_error(error.get())) {
            return query_error(query_.source, duckdb_error_data_message(error.get()));
        }
        return {};
    }

    std::shared_ptr<Link> link_;
    QueryResult result_;
    DuckdbQuery query_;
    ArrowOptions options_;
    std::uint64_t row_ = 0;
    std::vector<UnreadableRecord> unreadable_; // stays empty: DuckDB reads a file or fails
};

class Session final : public DuckdbSession {
public:
    explicit Session(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Result<std::vector<std::string>> columns_of(const std::string& sql,
                                                const std::string& source) override {
        auto prepared = prepare(sql, source);
        if (!prepared.has_value()) {
            return tl::unexpected(prepared.error());
        }
        std::vector<std::string> names;
        const auto count = duckdb_prepared_statement_column_count(prepared->get());
        for (std::uint64_t i = 0; i < count; ++i) {
            const Text name(
                const_cast<char*>(duckdb_prepared_statement_column_name(prepared->get(), i)));
            names.emplace_back(name.get());
        }
        return names;
    }

    Result<std::unique_ptr<TableReader>> read(DuckdbQuery query) override {
        auto sql = selecting(query);
        if (!sql.has_value()) {
            return tl::unexpected(sql.error());
        }
        auto prepared = prepare(*sql, query.source);
        if (!prepared.has_value()) {
            return tl::unexpected(prepared.error());
        }
        QueryResult result;
        if (duckdb_execute_prepared(prepared->get(), result.out()) == DuckDBError) {
            return query_error(query.source, duckdb_result_error(result.out()));
        }
        return std::make_unique<QueryReader>(link_, std::move(result), std::move(query));
    }

private:
    // A query must be one statement that only reads.
    Result<Prepared> prepare(const std::string& sql, const std::string& source) {
        Statements statements;
        const auto count =
            duckdb_extract_statements(link_->connection.get(), sql.c_str(), statements.out());
        if (count == 0) {
            return query_error(source, duckdb_extract_statements_error(statements.get()));
        }
        Prepared prepared;
        const auto state = duckdb_prepare_extracted_statement(link_->connection.get(),
                                                              statements.get(), 0, prepared.out());
        if (state == DuckDBError) {
            return query_error(source, duckdb_prepare_error(prepared.get()));
        }
        if (count > 1 ||
            duckdb_prepared_statement_type(prepared.get()) != DUCKDB_STATEMENT_TYPE_SELECT) {
            return make_error("data.query", fmt::format("{}: the query must be one SELECT", source),
                              "");
        }
        return prepared;
    }

    // The query around `query.sql` that yields the selected columns, in types that we deliver.
    Result<std::string> selecting(const DuckdbQuery& query) {
        auto prepared = prepare(query.sql, query.source);
        if (!prepared.has_value()) {
            return tl::unexpected(prepared.error());
        }
        std::string columns;
        for (const SelectedColumn& selected : query.selected) {
            auto column = one_column(*prepared, selected, query.source);
            if (!column.has_value()) {
                return tl::unexpected(column.error());
            }
            columns += (columns.empty() ? "" : ", ") + *column;
        }
        // A table without fields still has rows to count.
        return fmt::format("SELECT {} FROM ({}\n)", columns.empty() ? "NULL" : columns, query.sql);
    }

    static Result<std::string> one_column(const Prepared& prepared, const SelectedColumn& selected,
                                          const std::string& source) {
        if (!selected.column.has_value()) {
            return std::string("NULL");
        }
        const std::string name = sql_name(*selected.column);
        switch (delivery_of(type_of(prepared, *selected.column))) {
        case Delivery::AsItIs:
            return name;
        case Delivery::AsText:
            return fmt::format("CAST({} AS VARCHAR)", name);
        case Delivery::NotAtAll:
            break;
        }
        return make_error(
            "data.kind",
            fmt::format("{}: column '{}' holds lists, structs or bytes; a field holds one value",
                        source, *selected.column),
            "take it apart in a query: data.toml, 'sql'");
    }

    static duckdb_type type_of(const Prepared& prepared, const std::string& column) {
        const auto count = duckdb_prepared_statement_column_count(prepared.get());
        for (std::uint64_t i = 0; i < count; ++i) {
            const Text name(
                const_cast<char*>(duckdb_prepared_statement_column_name(prepared.get(), i)));
            if (name.get() == column) {
                return duckdb_prepared_statement_column_type(prepared.get(), i);
            }
        }
        return DUCKDB_TYPE_INVALID;
    }

    std::shared_ptr<Link> link_;
};

Result<std::unique_ptr<DuckdbSession>> open_session(const std::filesystem::path& folder) {
    auto link = open_link();
    if (!link.has_value()) {
        return tl::unexpected(link.error());
    }
    // Spilling goes to the system's folder for such things, never to where the user happens to be.
    std::error_code error;
    const auto spill = std::filesystem::temp_directory_path(error) / "rulebook-duckdb";
    const std::array<std::string, 5> settings = {
        "SET TimeZone = 'UTC'",
        fmt::format("SET temp_directory = {}", sql_text(spill.string())),
        fmt::format("SET allowed_directories = [{}]", sql_text(folder.string())),
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    };
    for (const std::string& setting : settings) {
        if (auto set = run(**link, setting); !set.has_value()) {
            return tl::unexpected(set.error());
        }
    }
    return std::make_unique<Session>(std::move(*link));
}

} // namespace
} // namespace rulec::input

extern "C" __attribute__((visibility("default"))) void
rulebook_open_duckdb(const std::filesystem::path& folder, rulec::input::OpenedDuckdb& opened) {
    opened = rulec::input::open_session(folder);
}
