// Helpers of the tests of tools/data: a folder of their own, and tables as text.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tools/data/table_reader.hpp"

namespace rulec::input {

// A fresh folder that is gone with the object.
class Folder {
public:
    Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();

    const std::filesystem::path& path() const { return path_; }
    void write(const std::string& name, std::string_view text) const;

private:
    std::filesystem::path path_;
};

// Each row as "source:row value|value", null as "~", a column of nulls as "-". Reads to the end; an
// error ends the lines as "error CODE: message".
std::vector<std::string> lines_of(TableReader& reader);

// Each format of the first batch's columns.
std::vector<std::string> formats_of(const TableBatch& batch);

// Replaces bytes in a file, everywhere, by as many others; fails the test if they are not there.
void replace_bytes(const std::filesystem::path& file, std::string_view bytes, std::string_view by);

// Runs statements in a DuckDB of the test's own, as to write files; fails the test if one fails.
void run_in_duckdb(const std::string& sql);

} // namespace rulec::input
