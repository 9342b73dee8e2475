// A split model that a sound plan may hold. Internal to this folder.
#pragma once

#include "tests/credit_oracle/deal.hpp"
#include "tests/generator/randomness.hpp"

namespace rulebook::credit_oracle {

// Parts of 100% in millionths, some of them 0; round ones and such as are not.
std::vector<std::int64_t> random_parts(generator::Randomness& random, std::size_t count);

Model random_model(generator::Randomness& random, const Deal& deal, int keys);

} // namespace rulebook::credit_oracle
