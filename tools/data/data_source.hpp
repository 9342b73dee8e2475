// A data folder seen as tables.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/result.hpp"
#include "tools/data/data_map.hpp"
#include "tools/data/source_files.hpp"
#include "tools/data/table_reader.hpp"

namespace rulec::input {

struct WantedField {
    std::string name;
    bool required = false; // the table cannot be read without it
};

struct WantedTable {
    std::string name; // "accounts"
    std::vector<WantedField> fields;
};

// Fails with code "data.map" if `map` speaks of a table or field that is not in `tables`.
rulebook::Result<void> check_data_map(const DataMap& map, std::span<const WantedTable> tables);

// The tables of one data folder. DuckDB is opened when the first table needs it (everything but
// CSV). Not thread-safe. Readers may outlive it.
class DataSource {
public:
    // Fails with code "data.folder" if `folder` is none. Keeps copies.
    static rulebook::Result<DataSource> open(const std::filesystem::path& folder, DataMap map);

    DataSource(DataSource&&) noexcept;
    DataSource& operator=(DataSource&&) noexcept;
    ~DataSource();

    // Whether there is a file or query for the table.
    bool has(std::string_view table) const;

    // Files are read in the order of their names. Fails, besides what check_data_map and the
    // readers say, with "data.no_file", "data.ambiguous" (two files could be the table),
    // "data.kind" (nobody knows to read such a file) and "data.no_column" (a required field or one
    // that the map names has no column).
    rulebook::Result<std::unique_ptr<TableReader>> read(const WantedTable& table);

    // Data files of the folder that no table was read from so far. Where a table comes from a
    // query, the files that it names count as read. `absent`: tables that no file was found for.
    std::vector<UnusedFile> unused_files(std::span<const std::string> absent) const;

    // The files that tables were read from so far; not those inside of queries.
    std::vector<std::filesystem::path> files_read() const;

    const DataMap& map() const;

private:
    struct Inside;
    explicit DataSource(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace rulec::input
