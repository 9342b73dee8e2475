// Amounts that are compared by eye.
#pragma once

#include <string>

#include "runtime/value/currency.hpp"
#include "runtime/value/integer.hpp"

namespace rulec::tool {

// "1,234,567.50": thousands apart, without the currency.
std::string grouped_money(rulebook::Int128 minor_units, rulebook::Currency currency);

} // namespace rulec::tool
