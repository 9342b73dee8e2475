// Reads a CSV file as columns of text.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "runtime/value/result.hpp"
#include "tools/data/columns.hpp"
#include "tools/data/table_reader.hpp"

namespace rulec::input {

// The first line names the columns; the delimiter is found in it. Text is UTF-8, with or without a
// byte order mark.
//
// Records with more or fewer fields than the first line, with broken quotes, longer than 4 MiB, or
// with bytes in a wanted field that are not UTF-8 are listed by unreadable(); the next line is read
// as if nothing had been. Lines without any character are no records and have no number.
//
// Fails with "data.unreadable", "data.not_csv" (empty, binary, another encoding, broken
// throughout), "data.no_column", "data.two_columns". `name` stands for the file in messages and
// batches.
rulebook::Result<std::unique_ptr<TableReader>> open_csv(const std::filesystem::path& path,
                                                        const std::string& name,
                                                        std::vector<FieldColumn> fields);

} // namespace rulec::input
