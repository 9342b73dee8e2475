// A data folder seen as tables.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/type.hpp"
#include "runtime/value/result.hpp"
#include "tools/data/data_map.hpp"
#include "tools/data/file_slices.hpp"
#include "tools/data/source_files.hpp"
#include "tools/data/table_reader.hpp"

namespace rulec::input {

struct WantedField {
    std::string name;
    bool required = false;                          // the table cannot be read without it
    std::optional<rulebook::plan::TypeKind> type{}; // none: not known here
    std::string or_in{};                            // the table that may say it instead
};

// Where the records of a table stand if those of the root hold all others, in arrays below them.
struct WantedPlace {
    std::vector<std::string> arrays;  // from the root's record down: deals, lines
    std::string parent_table;         // "deals"
    std::string parent_key;           // the field of the parent that is its key
    std::string key_field;            // the field of this table that names the parent
    std::vector<std::string> below{}; // the arrays that its records may hold
};

struct WantedTable {
    std::string name; // "accounts"
    std::vector<WantedField> fields;
    WantedPlace place{}; // of the root's table: empty
};

// Fails with code "data.map" if `map` speaks of a table or field that is not in `tables`, or says
// of a field what its type has no use for.
rulebook::Result<void> check_data_map(const DataMap& map, std::span<const WantedTable> tables);

// The tables of one data folder; or of one NDJSON file, whose lines hold the root's records with
// all others below them; or of one DuckDB file. A folder that has nothing but NDJSON files of the
// root is read like such a file. DuckDB is opened when the first table needs it. Not thread-safe.
// Readers may outlive it.
class DataSource {
public:
    // `path`: the folder or file; `root`: the table of the root. Fails with code "data.folder" if
    // `path` is neither, and as DuckDB does. Keeps copies.
    static rulebook::Result<DataSource> open(const std::filesystem::path& path, DataMap map,
                                             std::string root = {});

    DataSource(DataSource&&) noexcept;
    DataSource& operator=(DataSource&&) noexcept;
    ~DataSource();

    // Whether there may be rows of the table: a file, a query, or records that hold others. Of the
    // last only the reader can tell whether they do (TableReader::found).
    bool has(std::string_view table) const;

    // Files are read in the order of their names. Fails, besides what check_data_map and the
    // readers say, with "data.no_file", "data.ambiguous" (two files could be the table),
    // "data.kind" (nobody knows to read such a file) and "data.no_column" (a required field or one
    // that the map names has no column).
    rulebook::Result<std::unique_ptr<TableReader>> read(const WantedTable& table);
    // The same of some records: of each file (csv_files) the slices.
    rulebook::Result<std::unique_ptr<TableReader>> read(const WantedTable& table,
                                                        const SlicesOfFiles& slices);

    // Where the table is nothing but CSV files: these, relative to folder(), in the order in which
    // they are read. Fails with "data.not_raw" where it is something else, and as read() does.
    rulebook::Result<std::vector<std::string>> csv_files(const WantedTable& table) const;
    const std::filesystem::path& folder() const;

    // Data files of the folder that no table was read from so far. Where a table comes from a
    // query, the files that it names count as read. `absent`: tables that no file was found for.
    std::vector<UnusedFile> unused_files(std::span<const std::string> absent) const;

    // The files that tables were read from so far; not those inside of queries.
    std::vector<std::filesystem::path> files_read() const;

    const DataMap& map() const;

    // About the queries that were read, for people.
    const std::vector<std::string>& warnings() const;

private:
    struct Inside;
    explicit DataSource(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace rulec::input
