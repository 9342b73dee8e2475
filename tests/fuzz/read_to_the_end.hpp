// Reads a table to its end, or to its first error, and looks at what it says.
#pragma once

#include <cstdlib>
#include <memory>

#include "tools/data/table_reader.hpp"

inline void
read_to_the_end(const rulebook::Result<std::unique_ptr<rulec::input::TableReader>>& reader) {
    while (reader.has_value()) {
        const auto batch = (*reader)->next();
        if (!batch.has_value() || batch->size() == 0)
            break;
        if (batch->array->length != static_cast<std::int64_t>(batch->size()))
            std::abort(); // a row whose place nobody knows
    }
}
