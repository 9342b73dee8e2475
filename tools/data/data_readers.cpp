#include "tools/data/data_readers.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "runtime/value/ascii.hpp"
#include "tools/data/csv_reader.hpp"
#include "tools/data/literal_pattern.hpp"
#include "tools/data/memory.hpp"
#include "tools/data/source_files.hpp"
#include "tools/data/sql_paths.hpp"
#include "tools/data/sql_text.hpp"
#include "tools/data/unpacked_file.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

namespace {

std::vector<std::string> names_of(const std::vector<SourceColumn>& columns) {
    std::vector<std::string> names;
    for (const SourceColumn& column : columns) {
        names.push_back(column.name);
    }
    return names;
}

tl::unexpected<rulebook::Error> not_read(const std::string& source, const SourceColumn& column) {
    return make_error("data.kind",
                      fmt::format("{}: column '{}' holds {}; at most 38 digits are read", source,
                                  column.name, column.unread),
                      "write it with fewer digits, as decimal(38, 2), or as text");
}

// The fields of a source that has these columns, in this order.
Result<std::unique_ptr<TableReader>> read_columns(DuckdbSession& duckdb, DuckdbQuery query,
                                                  const std::vector<FieldColumn>& fields,
                                                  const std::vector<SourceColumn>& columns) {
    const auto places = match_columns(fields, names_of(columns), query.source, query.absent);
    if (!places.has_value()) {
        return tl::unexpected(places.error());
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto& place = (*places)[i];
        if (place.has_value() && !columns[*place].unread.empty()) {
            return not_read(query.source, columns[*place]);
        }
        query.selected.push_back({fields[i].field, place});
    }
    return duckdb.read(std::move(query));
}

Result<std::unique_ptr<TableReader>> read_parquet(DuckdbSession& duckdb,
                                                  const std::filesystem::path& path,
                                                  const std::string& source,
                                                  const std::vector<FieldColumn>& fields) {
    const std::string pattern = literal_pattern(path.native());
    const auto columns = duckdb.parquet_columns(pattern, source);
    if (!columns.has_value()) {
        return tl::unexpected(columns.error());
    }
    DuckdbQuery query;
    query.sql =
        fmt::format("SELECT * FROM read_parquet({}, hive_partitioning = false)", sql_text(pattern));
    query.source = source;
    return read_columns(duckdb, std::move(query), fields, *columns);
}

// Whether the query may look at the column: it names it, or takes all.
bool may_read(std::string_view sql, const SourceColumn& column) {
    return sql.find('*') != std::string_view::npos ||
           rulebook::lower_ascii(sql).find(rulebook::lower_ascii(column.name)) != std::string::npos;
}

// Of Parquet files that a query names. What cannot be opened is the query's to tell.
Result<void> check_parquet_in(DuckdbSession& duckdb, const std::string& sql,
                              const std::string& source) {
    const auto paths = parquet_files_in(sql);
    if (!paths.has_value()) {
        return make_error("data.query",
                          fmt::format("{}: read_parquet needs names of files as they stand, not "
                                      "computed ones",
                                      source),
                          "what is in the files is looked at before the query: write "
                          "read_parquet('a.parquet'), or a list or pattern of names");
    }
    for (const std::string& path : *paths) {
        const auto columns = duckdb.parquet_columns(path, source);
        if (!columns.has_value()) {
            continue;
        }
        for (const SourceColumn& column : *columns) {
            if (!column.unread.empty() && may_read(sql, column)) {
                return not_read(std::filesystem::path(path).filename().string(), column);
            }
        }
    }
    return {};
}

} // namespace

Result<DuckdbSession*> DataReaders::session() {
    if (duckdb == nullptr) {
        options.memory = available_memory() / 2;
        auto opened = open_duckdb(options);
        if (!opened.has_value()) {
            return tl::unexpected(opened.error());
        }
        duckdb = std::move(*opened);
    }
    return duckdb.get();
}

Result<std::unique_ptr<TableReader>> DataReaders::query(std::string sql, std::string source,
                                                        const std::vector<FieldColumn>& fields,
                                                        std::uint64_t most_seconds) {
    const auto opened = session();
    if (!opened.has_value()) {
        return tl::unexpected(opened.error());
    }
    if (auto checked = check_parquet_in(**opened, sql, source); !checked.has_value()) {
        return tl::unexpected(checked.error());
    }
    const auto columns = (*opened)->columns_of(sql, source);
    if (!columns.has_value()) {
        return tl::unexpected(columns.error());
    }
    DuckdbQuery query;
    query.sql = std::move(sql);
    query.source = std::move(source);
    query.most_seconds = most_seconds;
    return read_columns(**opened, std::move(query), fields, *columns);
}

Result<std::unique_ptr<TableReader>> DataReaders::file(const std::string& name,
                                                       const std::vector<FieldColumn>& fields,
                                                       const NestedPlace& place) {
    const auto kind = kind_of(name);
    if (!kind.has_value()) {
        return tl::unexpected(kind.error());
    }
    const auto path = folder() / name;
    switch (*kind) {
    case FileKind::Csv:
        return open_csv(path, name, fields);
    case FileKind::Parquet:
        if (auto regular = check_regular_file(path); !regular.has_value()) {
            return tl::unexpected(regular.error());
        }
        if (const auto opened = session(); !opened.has_value()) {
            return tl::unexpected(opened.error());
        }
        return read_parquet(*duckdb, path, name, fields);
    case FileKind::Ndjson:
        return open_ndjson(path, name, fields, place);
    }
    return make_error("data.kind", name);
}

} // namespace rulec::input
