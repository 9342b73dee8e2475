// Values as files hold them: money and percent as plain decimals, times in RFC 3339 UTC, points
// with two decimals, unknown as nothing.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/plan/schema.hpp"
#include "runtime/value/currency.hpp"
#include "runtime/value/integer.hpp"

namespace rulec::output {

std::string cell_text(const rulebook::plan::Schema& schema, rulebook::plan::Type type,
                      const rulebook::plan::Value& value);
std::string time_text(std::int64_t microseconds);
std::string money_text(rulebook::Int128 minor_units, rulebook::Currency currency);
std::string percent_text(std::int64_t millionths);
std::string points_text(std::int64_t hundredths);

} // namespace rulec::output
