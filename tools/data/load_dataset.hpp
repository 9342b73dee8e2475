// From a data folder to the records that rules are evaluated over.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/plan/schema.hpp"
#include "runtime/value/result.hpp"
#include "tools/data/file_slices.hpp"
#include "tools/data/source_files.hpp"
#include "tools/data/table_reader.hpp"

namespace rulec::input {

struct LoadRequest {
    std::filesystem::path folder;             // or an NDJSON or DuckDB file
    std::optional<std::filesystem::path> map; // default: data.toml in the folder, if there is one
    std::string timezone;                     // the rulebook's; data.toml's goes before it
};

// A field that some file of a table has no column for; its values are missing there.
struct AbsentColumn {
    std::string table;
    AbsentField field;

    friend bool operator==(const AbsentColumn&, const AbsentColumn&) = default;
};

// See MisspeltArray.
struct MisspeltIn {
    std::string table;
    MisspeltArray array;

    friend bool operator==(const MisspeltIn&, const MisspeltIn&) = default;
};

// What is to be said of data besides what became of their rows.
struct LoadNotes {
    std::vector<std::string> absent_tables; // without a file or query: no records
    std::vector<AbsentColumn> absent_columns;
    std::vector<UnusedFile> unused_files;
    std::vector<MisspeltIn> misspelt_arrays;
    std::vector<std::filesystem::path> files_read; // but for those inside of queries
    std::vector<std::string> warnings;             // about queries
    std::string timezone;                          // of times that were written without one
    std::optional<std::int64_t> taken_at;          // as data.toml says; microseconds since 1970 UTC
};

struct LoadedData : LoadNotes {
    rulebook::data::Dataset dataset;
};

// Called after each batch: the table, and how many of its rows were read so far.
using LoadProgress = std::function<void(std::string_view table, std::uint64_t rows)>;

// Which records are read where not all are.
struct RecordChoice {
    std::map<std::string, SlicesOfFiles, std::less<>> tables; // of others everything is read
    std::optional<std::int64_t> latest_elsewhere;             // see data::BuildOptions
};

// Reads every table that the schema speaks of; only the root's must be there. Fails as the readers
// and the builder do, and with "data.map" for a zone or a `taken_at` that cannot be read. Rows that
// cannot be used are no failure: they are among the data set's rejects.
rulebook::Result<LoadedData> load_dataset(const rulebook::plan::Schema& schema,
                                          const LoadRequest& request,
                                          const LoadProgress& progress = {},
                                          const RecordChoice& choice = {});

} // namespace rulec::input
