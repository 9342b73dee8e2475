#include "tools/data/data_source.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "compiler/diagnostics/did_you_mean.hpp"
#include "tools/data/columns.hpp"
#include "tools/data/csv_reader.hpp"
#include "tools/data/duckdb_session.hpp"
#include "tools/data/files_reader.hpp"
#include "tools/data/source_files.hpp"
#include "tools/data/sql_paths.hpp"
#include "tools/data/sql_text.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

namespace {

tl::unexpected<rulebook::Error> unknown_in_map(const std::string& what, std::string_view name,
                                               std::span<const std::string_view> known) {
    const auto meant = did_you_mean(name, known);
    return make_error("data.map", what,
                      meant.has_value() ? fmt::format("did you mean '{}'?", *meant)
                                        : fmt::format("there are {}", fmt::join(known, ", ")));
}

std::vector<FieldColumn> field_columns(const WantedTable& table, const TableMap* map) {
    std::vector<FieldColumn> columns;
    for (const WantedField& field : table.fields) {
        const ColumnMap* mapped = map == nullptr ? nullptr : map->find(field.name);
        columns.push_back({.field = field.name,
                           .column = mapped == nullptr ? field.name : mapped->column,
                           .needed = field.required || mapped != nullptr});
    }
    return columns;
}

// All columns as text: dates and numbers are read by the converter, as everywhere.
std::string ndjson_query(const std::filesystem::path& path, std::span<const FieldColumn> fields) {
    std::string columns;
    for (const FieldColumn& field : fields) {
        columns +=
            fmt::format("{}{}: 'VARCHAR'", columns.empty() ? "" : ", ", sql_text(field.column));
    }
    return fmt::format("SELECT * FROM read_ndjson({}, columns = {{{}}})", sql_text(path.string()),
                       columns);
}

Result<std::unique_ptr<TableReader>> read_query(DuckdbSession& duckdb, std::string sql,
                                                std::string source,
                                                const std::vector<FieldColumn>& fields) {
    const auto names = duckdb.columns_of(sql, source);
    if (!names.has_value()) {
        return tl::unexpected(names.error());
    }
    DuckdbQuery query;
    query.sql = std::move(sql);
    query.source = std::move(source);
    const auto places = match_columns(fields, *names, query.source, query.absent);
    if (!places.has_value()) {
        return tl::unexpected(places.error());
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto& place = (*places)[i];
        query.selected.push_back(
            {fields[i].field, place.has_value() ? std::optional(fields[i].column) : std::nullopt});
    }
    return duckdb.read(std::move(query));
}

} // namespace

Result<void> check_data_map(const DataMap& map, std::span<const WantedTable> tables) {
    std::vector<std::string_view> table_names;
    for (const WantedTable& table : tables) {
        table_names.push_back(table.name);
    }
    for (const TableMap& table : map.tables) {
        const auto found = std::ranges::find(tables, table.table, &WantedTable::name);
        if (found == tables.end()) {
            return unknown_in_map(
                fmt::format("{}: the rulebook has no '{}'", map.source, table.table), table.table,
                table_names);
        }
        std::vector<std::string_view> field_names;
        for (const WantedField& field : found->fields) {
            field_names.push_back(field.name);
        }
        for (const ColumnMap& column : table.columns) {
            if (std::ranges::find(field_names, column.field) == field_names.end()) {
                return unknown_in_map(
                    fmt::format("{}: {} have no field '{}'", map.source, table.table, column.field),
                    column.field, field_names);
            }
        }
    }
    return {};
}

// Readers keep what they need of this beyond the source's life.
struct Shared {
    std::filesystem::path folder;
    std::unique_ptr<DuckdbSession> duckdb;

    Result<DuckdbSession*> session() {
        if (duckdb == nullptr) {
            auto opened = open_duckdb(folder);
            if (!opened.has_value()) {
                return tl::unexpected(opened.error());
            }
            duckdb = std::move(*opened);
        }
        return duckdb.get();
    }

    Result<std::unique_ptr<TableReader>> query(std::string sql, std::string source,
                                               const std::vector<FieldColumn>& fields) {
        const auto opened = session();
        if (!opened.has_value()) {
            return tl::unexpected(opened.error());
        }
        return read_query(**opened, std::move(sql), std::move(source), fields);
    }

    Result<std::unique_ptr<TableReader>> file(const std::string& name,
                                              const std::vector<FieldColumn>& fields) {
        const auto kind = kind_of(name);
        if (!kind.has_value()) {
            return tl::unexpected(kind.error());
        }
        const auto path = folder / name;
        switch (*kind) {
        case FileKind::Csv:
            return open_csv(path, name, fields);
        case FileKind::Parquet:
            return query(fmt::format("SELECT * FROM read_parquet({})", sql_text(path.string())),
                         name, fields);
        case FileKind::Ndjson:
            return query(ndjson_query(path, fields), name, fields);
        }
        return make_error("data.kind", name);
    }
};

struct DataSource::Inside {
    DataMap map;
    std::shared_ptr<Shared> shared;
    std::vector<std::string> files; // that tables were read from
};

DataSource::DataSource(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
DataSource::DataSource(DataSource&&) noexcept = default;
DataSource& DataSource::operator=(DataSource&&) noexcept = default;
DataSource::~DataSource() = default;

Result<DataSource> DataSource::open(const std::filesystem::path& folder, DataMap map) {
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) {
        const bool there = std::filesystem::exists(folder, error);
        return make_error(
            "data.folder",
            fmt::format("{} is {}", folder.string(), there ? "not a folder" : "not there"),
            "--data names the folder with one file per entity");
    }
    auto inside = std::make_unique<Inside>();
    inside->map = std::move(map);
    inside->shared = std::make_shared<Shared>();
    auto absolute = std::filesystem::absolute(folder, error).lexically_normal();
    // "/data/" would count as ending in an empty name.
    inside->shared->folder = absolute.has_filename() ? absolute : absolute.parent_path();
    return DataSource(std::move(inside));
}

bool DataSource::has(std::string_view table) const {
    const TableMap* map = inside_->map.find(table);
    if (map != nullptr && (!map->sql.empty() || !map->file.empty())) {
        return true;
    }
    return !default_files(inside_->shared->folder, table).empty();
}

Result<std::unique_ptr<TableReader>> DataSource::read(const WantedTable& table) {
    const std::shared_ptr<Shared> shared = inside_->shared;
    const TableMap* map = inside_->map.find(table.name);
    const std::vector<FieldColumn> fields = field_columns(table, map);
    if (map != nullptr && !map->sql.empty()) {
        auto reader = shared->query(with_absolute_paths(map->sql, shared->folder), "sql", fields);
        if (!reader.has_value()) {
            auto fault = reader.error();
            fault.message = fmt::format("[{}] {}", table.name, fault.message);
            return tl::unexpected(fault);
        }
        return reader;
    }
    std::vector<std::string> names;
    if (map != nullptr && !map->file.empty()) {
        auto matching = matching_files(shared->folder, map->file);
        if (!matching.has_value()) {
            return tl::unexpected(matching.error());
        }
        names = std::move(*matching);
    } else {
        auto name = default_file(shared->folder, table.name);
        if (!name.has_value()) {
            return tl::unexpected(name.error());
        }
        names.push_back(std::move(*name));
    }
    inside_->files.insert(inside_->files.end(), names.begin(), names.end());
    return read_files(std::move(names), [shared, fields](const std::string& name) {
        return shared->file(name, fields);
    });
}

std::vector<UnusedFile> DataSource::unused_files(std::span<const std::string> absent) const {
    const std::vector<std::string_view> tables(absent.begin(), absent.end());
    std::vector<UnusedFile> unused;
    for (const std::string& name : data_files(inside_->shared->folder)) {
        const bool in_a_query = std::ranges::any_of(inside_->map.tables, [&](const TableMap& map) {
            return map.sql.find(name) != std::string::npos;
        });
        if (in_a_query || std::ranges::find(inside_->files, name) != inside_->files.end()) {
            continue;
        }
        const auto meant = did_you_mean(std::filesystem::path(name).stem().string(), tables);
        unused.push_back({name, meant.has_value() ? std::string(*meant) : ""});
    }
    return unused;
}

std::vector<std::filesystem::path> DataSource::files_read() const {
    std::vector<std::filesystem::path> paths;
    for (const std::string& name : inside_->files) {
        paths.push_back(inside_->shared->folder / name);
    }
    return paths;
}

const DataMap& DataSource::map() const {
    return inside_->map;
}

} // namespace rulec::input
