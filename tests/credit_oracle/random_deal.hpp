// Deals that are hard to divide: ties, single cents, floors at the edge, fractions beyond 128 bits.
#pragma once

#include "tests/credit_oracle/deal.hpp"
#include "tests/generator/randomness.hpp"

namespace rulebook::credit_oracle {

// Up to 500 touches, mostly a few; every model; its plan would be sound.
Deal random_deal(generator::Randomness& random);

} // namespace rulebook::credit_oracle
