// Values that have small numbers, for tables by value: of texts, enums, true and false.
#pragma once

#include <cstddef>

#include "runtime/data/column.hpp"
#include "runtime/plan/schema.hpp"

namespace rulebook::data {

// Whether a column of the type has a number for each of its values.
bool has_numbered_values(plan::Type type);

// Of a column with numbered values. 0: the value is unknown. Equal texts may have several numbers.
std::size_t number_of_value(const Column& column, RowIndex row);

// How many numbers there are, that of the unknown among them.
std::size_t count_of_numbers(const plan::Schema& schema, const Column& column);

} // namespace rulebook::data
