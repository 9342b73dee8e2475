// Reads a CSV file as columns of text.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "runtime/value/result.hpp"
#include "tools/data/columns.hpp"
#include "tools/data/file_slices.hpp"
#include "tools/data/table_reader.hpp"

namespace rulec::input {

// The first line names the columns; the delimiter is found in it. Text is UTF-8, with or without a
// byte order mark.
//
// Records with more or fewer fields than the first line, with broken quotes, or longer than
// kMostCsvBytes are listed by unreadable(); the next line is read as if nothing had been. But where
// a record is too long and has a quote in it, the file is refused ("data.too_long"): the quote may
// be a stray one or the field that long, and what follows would be records in the one case and text
// in the other. Lines without any character are no records and have no number. Whether texts are
// UTF-8 is left to who reads the cells.
//
// Fails with "data.unreadable", "data.not_csv" (empty, binary, another encoding, broken
// throughout), "data.too_long", "data.no_column", "data.two_columns". `name` stands for the file in
// messages and batches.
constexpr std::size_t kMostCsvBytes = std::size_t{16} << 20U; // of a record

rulebook::Result<std::unique_ptr<TableReader>> open_csv(const std::filesystem::path& path,
                                                        const std::string& name,
                                                        std::vector<FieldColumn> fields);

// The same of some of its records: the first slice is the file's head up to its first record.
rulebook::Result<std::unique_ptr<TableReader>> open_csv(const std::filesystem::path& path,
                                                        const std::string& name,
                                                        std::vector<FieldColumn> fields,
                                                        const std::vector<FileSlice>& slices);

} // namespace rulec::input
