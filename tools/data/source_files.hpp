// Which files of a data folder hold a table.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/result.hpp"

namespace rulec::input {

enum class FileKind { Csv, Parquet, Ndjson };

// Whether it is a DuckDB database, by the end of its name.
bool is_duckdb_name(std::string_view name);

// By the end of the name, behind which .gz may follow where it is text. Fails with "data.kind".
rulebook::Result<FileKind> kind_of(std::string_view name);

// The files TABLE.csv, TABLE.parquet and so on that are in the folder: names relative to it.
std::vector<std::string> default_files(const std::filesystem::path& folder, std::string_view table);

// The one default file. Fails with "data.no_file" and "data.ambiguous".
rulebook::Result<std::string> default_file(const std::filesystem::path& folder,
                                           std::string_view table);

// The files that fit `pattern` (*, ? and [...]; or one file's very name), sorted by name byte by
// byte, relative to the folder, which the pattern may not leave. Fails with "data.map" and
// "data.no_file".
rulebook::Result<std::vector<std::string>> matching_files(const std::filesystem::path& folder,
                                                          const std::string& pattern);

// Names of all files directly in the folder that are of a kind that can be read, sorted.
std::vector<std::string> data_files(const std::filesystem::path& folder);

// A data file that nothing was read from.
struct UnusedFile {
    std::string name;
    std::string nearest; // the table that it could be meant for; empty if none is near

    friend bool operator==(const UnusedFile&, const UnusedFile&) = default;
};

} // namespace rulec::input
