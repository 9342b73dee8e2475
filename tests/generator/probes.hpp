// Rules that ask every operation, comparison, function and aggregate about few and shallow
// operands: so each comes out in all ways that it can. For comparing engines.
#pragma once

#include <cstddef>
#include <string>

#include "tests/generator/randomness.hpp"

namespace rulebook::generator {

// The text of one file: fits, some in two versions, and `probes` decisions. It is sound, whatever
// the seed.
std::string random_probing_rulebook(Randomness& random, std::size_t probes);

} // namespace rulebook::generator
