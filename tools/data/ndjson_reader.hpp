// Reads NDJSON files: one JSON object a line, the records of one table or records with those of
// other tables in arrays below them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/value/result.hpp"
#include "tools/data/columns.hpp"
#include "tools/data/table_reader.hpp"

namespace rulec::input {

// Where the records of a table stand in a line.
struct NestedPlace {
    std::vector<std::string> arrays; // from the line's object down: deals, lines; none: the object
    // The column of the enclosing object that is its key, and the place among the wanted fields
    // that takes it.
    std::string parent_key;
    std::optional<std::size_t> parent_field;
    std::vector<std::string> below{}; // the arrays that a record of the table may hold others in
};

constexpr std::size_t kMostNdjsonBytes = std::size_t{1} << 30U; // of a line: all of an account

// Fails with "data.unreadable", and with "data.not_ndjson" where the file is something else. Lines
// without any character but blanks are passed over. A line that cannot be read is an unreadable
// record ("data.malformed", "data.too_long": beyond `most_line_bytes`), but only where the place is
// the line's object itself: whoever reads an inner place sees nothing of it. What is wrong with an
// array is an unreadable record of the table whose records it should hold, not of those further
// below. The row of a record is that of its line.
//
// Text arrives as it is meant, numbers with the digits that stand in the file, null as an empty
// text, objects and arrays as JSON.
rulebook::Result<std::unique_ptr<TableReader>>
open_ndjson(const std::filesystem::path& path, const std::string& name,
            std::vector<FieldColumn> fields, const NestedPlace& place = {},
            std::size_t most_line_bytes = kMostNdjsonBytes);

} // namespace rulec::input
