// Random triggers over the records of schema_text.hpp, with what they need around them.
#pragma once

#include <cstdint>
#include <string>

#include "tests/generator/randomness.hpp"

namespace rulebook::generator {

// Calendars, signals, policies and `triggers` triggers (moment_0, …), some in two versions:
// patterns, counts, lengths of all kinds, waits, silence, clocks and conditions. Sound, whatever
// the seed. All instants and lengths are whole hours, and no condition moves but in whole hours.
std::string random_moments(Randomness& random, std::size_t triggers);

} // namespace rulebook::generator
