// Queries. Part of librulebook_duckdb.so, whose files are the only ones that know DuckDB.
#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "tools/data/duckdb_handles.hpp"
#include "tools/data/duckdb_parquet.hpp"
#include "tools/data/duckdb_query.hpp"
#include "tools/data/duckdb_reader.hpp"
#include "tools/data/duckdb_session.hpp"
#include "tools/data/literal_pattern.hpp"
#include "tools/data/sql_text.hpp"

namespace rulec::input {
namespace {

using rulebook::make_error;
using rulebook::Result;

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

class Session final : public DuckdbSession {
public:
    explicit Session(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Result<std::vector<SourceColumn>> columns_of(const std::string& sql,
                                                 const std::string& source) override {
        auto prepared = prepare_select(*link_, sql, source);
        if (!prepared.has_value()) {
            return tl::unexpected(prepared.error());
        }
        std::vector<SourceColumn> columns;
        const auto count = duckdb_prepared_statement_column_count(prepared->get());
        for (std::uint64_t i = 0; i < count; ++i) {
            const Text name(
                const_cast<char*>(duckdb_prepared_statement_column_name(prepared->get(), i)));
            columns.push_back({name.get(), ""});
        }
        return columns;
    }

    Result<std::vector<SourceColumn>> parquet_columns(const std::string& pattern,
                                                      const std::string& source) override {
        return input::parquet_columns(*link_, pattern, source);
    }

    Result<std::unique_ptr<TableReader>> read(DuckdbQuery query) override {
        auto sql = selecting(query);
        if (!sql.has_value()) {
            return tl::unexpected(sql.error());
        }
        return read_query(link_, *sql, std::move(query));
    }

    std::vector<std::string> changing_parts(const std::string& sql) override {
        return input::changing_parts(*link_, sql);
    }

    Result<std::vector<std::string>> tables() override {
        DuckdbQuery query;
        query.sql = "SELECT table_name FROM information_schema.tables WHERE table_catalog = "
                    "current_database() AND table_schema = 'main' ORDER BY table_name";
        query.source = "the database";
        query.selected = {{"table_name", 0}};
        auto reader = read(std::move(query));
        if (!reader.has_value()) {
            return tl::unexpected(reader.error());
        }
        std::vector<std::string> names;
        while (true) {
            const auto batch = (*reader)->next();
            if (!batch.has_value()) {
                return tl::unexpected(batch.error());
            }
            if (batch->size() == 0) {
                return names;
            }
            const ArrowArray& column = *batch->array->children[0];
            const auto* ends = static_cast<const std::int32_t*>(column.buffers[1]);
            const auto* bytes = static_cast<const char*>(column.buffers[2]);
            for (std::size_t row = 0; row < batch->size(); ++row) {
                names.emplace_back(bytes + ends[row], bytes + ends[row + 1]);
            }
        }
    }

private:
    // The query around `query.sql` that yields the selected columns, in types that we deliver.
    Result<std::string> selecting(const DuckdbQuery& query) {
        auto prepared = prepare_select(*link_, query.sql, query.source);
        if (!prepared.has_value()) {
            return tl::unexpected(prepared.error());
        }
        const auto count = duckdb_prepared_statement_column_count(prepared->get());
        std::vector<std::string> names; // one may be there twice, or differ from another in case
        for (std::uint64_t i = 0; i < count; ++i) {
            names.push_back(fmt::format("c{}", i));
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
        return fmt::format("SELECT {} FROM ({}\n) AS q({})", columns.empty() ? "NULL" : columns,
                           without_semicolon(query.sql), fmt::join(names, ", "));
    }

    static std::string_view without_semicolon(std::string_view sql) {
        const std::size_t end = sql.find_last_not_of(" \t\r\n;");
        return sql.substr(0, end == std::string_view::npos ? 0 : end + 1);
    }

    static Result<std::string> one_column(const Prepared& prepared, const SelectedColumn& selected,
                                          const std::string& source) {
        if (!selected.place.has_value()) {
            return std::string("NULL");
        }
        const std::uint64_t place = *selected.place;
        switch (delivery_of(duckdb_prepared_statement_column_type(prepared.get(), place))) {
        case Delivery::AsItIs:
            return fmt::format("c{}", place);
        case Delivery::AsText:
            return fmt::format("CAST(c{} AS VARCHAR)", place);
        case Delivery::NotAtAll:
            break;
        }
        const Text name(
            const_cast<char*>(duckdb_prepared_statement_column_name(prepared.get(), place)));
        return make_error(
            "data.kind",
            fmt::format("{}: column '{}' holds lists, structs or bytes; a field holds one value",
                        source, name.get()),
            "take it apart in a query: data.toml, 'sql'");
    }

    std::shared_ptr<Link> link_;
};

Result<std::unique_ptr<DuckdbSession>> open_session(const DuckdbOptions& options) {
    auto link = open_link(options.database.string());
    if (!link.has_value()) {
        return tl::unexpected(link.error());
    }
    // Spilling goes to the system's folder for such things, never to where the user happens to be.
    std::error_code error;
    const auto spill = std::filesystem::temp_directory_path(error) / "rulebook-duckdb";
    std::vector<std::string> settings = {
        "SET GLOBAL TimeZone = 'UTC'",
        fmt::format("SET temp_directory = {}", sql_text(spill.string())),
        fmt::format("SET allowed_directories = [{}, {}]", sql_text(options.folder.string()),
                    sql_text(literal_pattern(options.folder.string()))),
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    };
    if (options.memory > 0) {
        settings.insert(settings.begin(),
                        fmt::format("SET memory_limit = '{} MiB'", (options.memory >> 20U) + 1));
    }
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
rulebook_open_duckdb(const rulec::input::DuckdbOptions& options,
                     rulec::input::OpenedDuckdb& opened) {
    opened = rulec::input::open_session(options);
}
