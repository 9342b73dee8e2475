// Reads a table on a thread of its own, while what was read before is being used.
#pragma once

#include <memory>

#include "tools/data/table_reader.hpp"

namespace rulec::input {

// Delivers what `reader` delivers, in its order. A small table is read without a thread. When it is
// destroyed before its end, the rest is not read.
std::unique_ptr<TableReader> read_ahead(std::unique_ptr<TableReader> reader);

} // namespace rulec::input
