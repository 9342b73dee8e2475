// Random rulebooks over the records of schema_text.hpp.
#pragma once

#include <string>

#include "tests/generator/randomness.hpp"

namespace rulebook::generator {

// The text of one file, header included: lists, definitions, fits, a decision, a table, signals,
// triggers and credit. It is sound, whatever the seed.
std::string random_rulebook(Randomness& random);

} // namespace rulebook::generator
