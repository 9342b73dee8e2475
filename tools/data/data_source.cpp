#include "tools/data/data_source.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "runtime/value/nearest_name.hpp"
#include "tools/data/columns.hpp"
#include "tools/data/csv_reader.hpp"
#include "tools/data/data_readers.hpp"
#include "tools/data/files_reader.hpp"
#include "tools/data/source_files.hpp"
#include "tools/data/sql_paths.hpp"
#include "tools/data/sql_text.hpp"
#include "tools/data/unpacked_file.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

namespace {

std::vector<FieldColumn> field_columns(const WantedTable& table, const TableMap* map,
                                       const std::function<bool(const std::string&)>& has) {
    std::vector<FieldColumn> columns;
    for (const WantedField& field : table.fields) {
        const ColumnMap* mapped = map == nullptr ? nullptr : map->find(field.name);
        columns.push_back(
            {.field = field.name,
             .column = mapped == nullptr ? field.name : mapped->column,
             .needed = mapped != nullptr ||
                       (field.required && !(!field.or_in.empty() && has(field.or_in)))});
    }
    return columns;
}

} // namespace

struct DataSource::Inside {
    DataMap map;
    std::string root;        // its table
    std::string single_file; // that --data names; empty: a folder or a database
    std::vector<std::string> database_tables;
    std::shared_ptr<DataReaders> shared;
    std::vector<std::string> files; // that tables were read from
    std::vector<std::string> warnings;

    bool is_database() const { return !shared->options.database.empty(); }
    bool in_database(std::string_view table) const {
        return std::ranges::find(database_tables, table) != database_tables.end();
    }

    Result<std::vector<std::string>> files_of(std::string_view table) const {
        const TableMap* mapped = map.find(table);
        if (mapped != nullptr && !mapped->file.empty()) {
            return matching_files(shared->folder(), mapped->file);
        }
        if (!single_file.empty()) {
            return std::vector<std::string>{single_file};
        }
        auto name = default_file(shared->folder(), table);
        if (!name.has_value()) {
            return tl::unexpected(name.error());
        }
        return std::vector<std::string>{std::move(*name)};
    }

    bool has_own_file(std::string_view table) const {
        const TableMap* mapped = map.find(table);
        return (mapped != nullptr && !mapped->file.empty()) ||
               (single_file.empty() && !default_files(shared->folder(), table).empty());
    }

    // The files of the root if their records may hold those of all other tables; else none.
    std::vector<std::string> nesting_files() const {
        const TableMap* mapped = map.find(root);
        if (root.empty() || is_database() || (mapped != nullptr && !mapped->sql.empty())) {
            return {};
        }
        auto names = files_of(root);
        const auto is_ndjson = [](const std::string& name) {
            const auto kind = kind_of(name);
            return kind.has_value() && *kind == FileKind::Ndjson;
        };
        const bool alone =
            !single_file.empty() || (names.has_value() && *names == data_files(shared->folder()));
        if (!names.has_value() || !alone || !std::ranges::all_of(*names, is_ndjson)) {
            return {};
        }
        return std::move(*names);
    }

    NestedPlace place_of(const WantedTable& table) const {
        const TableMap* parent = map.find(table.place.parent_table);
        const ColumnMap* key = parent == nullptr ? nullptr : parent->find(table.place.parent_key);
        NestedPlace place;
        place.arrays = table.place.arrays;
        place.below = table.place.below;
        place.parent_key = key == nullptr ? table.place.parent_key : key->column;
        const auto field =
            std::ranges::find(table.fields, table.place.key_field, &WantedField::name);
        if (field != table.fields.end()) {
            place.parent_field = static_cast<std::size_t>(field - table.fields.begin());
        }
        return place;
    }

    Result<std::unique_ptr<TableReader>> read_sql(const TableMap& table,
                                                  const std::vector<FieldColumn>& fields) {
        const std::string sql = with_absolute_paths(table.sql, shared->folder());
        auto reader = shared->query(sql, "sql", fields, shared->query_seconds);
        if (!reader.has_value()) {
            auto fault = reader.error();
            fault.message = fmt::format("[{}] {}", table.table, fault.message);
            return tl::unexpected(fault);
        }
        for (const std::string& part : shared->duckdb->changing_parts(sql)) {
            warnings.push_back(fmt::format("the query of [{}] gives other results in each run: it "
                                           "has `{}`",
                                           table.table, part));
        }
        return reader;
    }
};

namespace {

// Of what is neither a folder nor a file that holds everything.
std::string what_it_is(const std::filesystem::path& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) {
        return "not there";
    }
    return std::filesystem::is_regular_file(status)
               ? "a file, but neither NDJSON nor DuckDB"
               : fmt::format("{}, not a folder", kind_words(status.type()));
}

} // namespace

DataSource::DataSource(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
DataSource::DataSource(DataSource&&) noexcept = default;
DataSource& DataSource::operator=(DataSource&&) noexcept = default;
DataSource::~DataSource() = default;

Result<DataSource> DataSource::open(const std::filesystem::path& path, DataMap map,
                                    std::string root) {
    constexpr std::uint64_t kSecondsPerMinute = 60;
    std::error_code error;
    auto inside = std::make_unique<Inside>();
    inside->shared = std::make_shared<DataReaders>();
    inside->shared->query_seconds = map.query_minutes * kSecondsPerMinute;
    inside->map = std::move(map);
    inside->root = std::move(root);
    auto absolute = std::filesystem::absolute(path, error).lexically_normal();
    // "/data/" would count as ending in an empty name.
    absolute = absolute.has_filename() ? absolute : absolute.parent_path();
    DuckdbOptions& options = inside->shared->options;
    if (std::filesystem::is_directory(path, error)) {
        options.folder = absolute;
        return DataSource(std::move(inside));
    }
    options.folder = absolute.parent_path();
    const std::string name = absolute.filename().string();
    const auto kind = kind_of(name);
    const bool is_file = std::filesystem::is_regular_file(path, error);
    if (is_file && is_duckdb_name(name)) {
        options.database = absolute;
        const auto session = inside->shared->session();
        if (!session.has_value()) {
            return tl::unexpected(session.error());
        }
        auto tables = (*session)->tables();
        if (!tables.has_value()) {
            return tl::unexpected(tables.error());
        }
        inside->database_tables = std::move(*tables);
        return DataSource(std::move(inside));
    }
    if (is_file && kind.has_value() && *kind == FileKind::Ndjson) {
        inside->single_file = name;
        return DataSource(std::move(inside));
    }
    return make_error(
        "data.folder", fmt::format("{} is {}", path.string(), what_it_is(path)),
        "--data names the folder with one file per entity, an NDJSON file whose records hold all "
        "others, or a DuckDB file");
}

bool DataSource::has(std::string_view table) const {
    const TableMap* map = inside_->map.find(table);
    if ((map != nullptr && !map->sql.empty()) || inside_->has_own_file(table)) {
        return true;
    }
    return inside_->is_database() ? inside_->in_database(table) : !inside_->nesting_files().empty();
}

Result<std::unique_ptr<TableReader>> DataSource::read(const WantedTable& table,
                                                      const SlicesOfFiles& slices) {
    const std::shared_ptr<DataReaders> shared = inside_->shared;
    const TableMap* map = inside_->map.find(table.name);
    const std::vector<FieldColumn> fields =
        field_columns(table, map, [&](const std::string& other) { return has(other); });
    if (map != nullptr && !map->sql.empty()) {
        return inside_->read_sql(*map, fields);
    }
    const bool own_file = inside_->has_own_file(table.name);
    if (inside_->is_database() && !own_file) {
        const std::string source = shared->options.database.filename().string();
        if (!inside_->in_database(table.name)) {
            return make_error("data.no_file",
                              fmt::format("{} has no table or view '{}'", source, table.name),
                              fmt::format("it has {}", fmt::join(inside_->database_tables, ", ")));
        }
        return shared->query("SELECT * FROM " + sql_name(table.name), source, fields);
    }
    const auto nesting = own_file ? std::vector<std::string>() : inside_->nesting_files();
    const bool nested = !nesting.empty() && !table.place.arrays.empty();
    const auto names = nested ? nesting : inside_->files_of(table.name);
    if (!names.has_value()) {
        return tl::unexpected(names.error());
    }
    inside_->files.insert(inside_->files.end(), names->begin(), names->end());
    const bool nesting_root = table.place.arrays.empty() && !inside_->nesting_files().empty();
    const NestedPlace place = nested || nesting_root ? inside_->place_of(table) : NestedPlace{};
    return read_files(*names, [shared, fields, place, slices](const std::string& name) {
        const auto some = slices.find(name);
        return some == slices.end() ? shared->file(name, fields, place)
                                    : open_csv(shared->folder() / name, name, fields, some->second);
    });
}

Result<std::unique_ptr<TableReader>> DataSource::read(const WantedTable& table) {
    return read(table, {});
}

Result<std::vector<std::string>> DataSource::csv_files(const WantedTable& table) const {
    const auto not_raw = [&](std::string_view what) {
        return make_error("data.not_raw", fmt::format("{} is read from {}", table.name, what));
    };
    const TableMap* map = inside_->map.find(table.name);
    if (map != nullptr && !map->sql.empty()) {
        return not_raw("a query");
    }
    if (inside_->is_database() || !inside_->single_file.empty()) {
        return not_raw("a file with other records in it");
    }
    auto names = inside_->files_of(table.name);
    if (!names.has_value()) {
        return names;
    }
    for (const std::string& name : *names) {
        const auto kind = kind_of(name);
        if (!kind.has_value() || *kind != FileKind::Csv) {
            return not_raw("other files than CSV");
        }
    }
    return names;
}

const std::filesystem::path& DataSource::folder() const {
    return inside_->shared->folder();
}

std::vector<UnusedFile> DataSource::unused_files(std::span<const std::string> absent) const {
    std::vector<UnusedFile> unused;
    if (inside_->is_database() || !inside_->single_file.empty()) {
        return unused;
    }
    const std::vector<std::string_view> tables(absent.begin(), absent.end());
    for (const std::string& name : data_files(inside_->shared->folder())) {
        const bool in_a_query = std::ranges::any_of(inside_->map.tables, [&](const TableMap& map) {
            return map.sql.find(name) != std::string::npos;
        });
        const bool ignored =
            std::ranges::find(inside_->map.ignore, name) != inside_->map.ignore.end();
        if (in_a_query || ignored ||
            std::ranges::find(inside_->files, name) != inside_->files.end()) {
            continue;
        }
        const auto meant = rulebook::nearest_name(name.substr(0, name.find('.')), tables);
        unused.push_back({name, meant.has_value() ? std::string(*meant) : ""});
    }
    return unused;
}

std::vector<std::filesystem::path> DataSource::files_read() const {
    std::vector<std::filesystem::path> paths;
    for (const std::string& name : inside_->files) {
        paths.push_back(inside_->shared->folder() / name);
    }
    if (inside_->is_database()) {
        paths.push_back(inside_->shared->options.database);
    }
    return paths;
}

const DataMap& DataSource::map() const {
    return inside_->map;
}

const std::vector<std::string>& DataSource::warnings() const {
    return inside_->warnings;
}

} // namespace rulec::input
