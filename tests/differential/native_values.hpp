// Values as compiled code holds them, to be compared with the interpreter's.
#pragma once

#include <cstddef>
#include <string>

#include "runtime/batch/chunk.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::differential {

plan::Value found_in(const batch::Chunk& chunk, native::ArrayIndex array, std::size_t row);

// To the last bit; whatever the causes of unknowns are.
bool are_same(const plan::Value& a, const plan::Value& b);

std::string shown(const plan::Value& value);

} // namespace rulebook::differential
