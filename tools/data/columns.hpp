// Which column of a source each field is read from.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/value/result.hpp"
#include "tools/data/table_reader.hpp"

namespace rulec::input {

struct FieldColumn {
    std::string field;
    std::string column;
    // The table cannot be read without the column: the field is required, or the map names it.
    bool needed = false;
};

// The place of each field's column among the `available` ones; none where there is no such column,
// which is then added to `absent`. Names are compared exactly. Fails with "data.no_column" and
// "data.two_columns". `source` names the file in messages.
rulebook::Result<std::vector<std::optional<std::size_t>>>
match_columns(std::span<const FieldColumn> fields, std::span<const std::string> available,
              const std::string& source, std::vector<AbsentField>& absent);

} // namespace rulec::input
