// Values of the interpreter in the cells of an array; internal to this folder.
#pragma once

#include <cstddef>

#include "runtime/native/program.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::batch {

// Requires that a known value is held as the cell says.
void write_cell(const native::ArrayInfo& info, const native::Array& array, std::size_t row,
                const plan::Value& value);

} // namespace rulebook::batch
