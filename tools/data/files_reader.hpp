// Several files read as one table, one after the other.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tools/data/table_reader.hpp"

namespace rulec::input {

using OpenFile = std::function<rulebook::Result<std::unique_ptr<TableReader>>(const std::string&)>;

// Opens `names` one at a time, the first at once, so that its faults show before anything is read.
rulebook::Result<std::unique_ptr<TableReader>> read_files(std::vector<std::string> names,
                                                          OpenFile open);

} // namespace rulec::input
