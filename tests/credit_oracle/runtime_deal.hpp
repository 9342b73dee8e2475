// The runtime's division of the oracle's deals.
#pragma once

#include "runtime/credit/division.hpp"
#include "tests/credit_oracle/deal.hpp"

namespace rulebook::credit_oracle {

credit::Party runtime_party(const Deal& deal, int party);
credit::Division divide_by_runtime(const Deal& deal);

} // namespace rulebook::credit_oracle
