// What whoever runs rules over data should know of it, beyond what is rejected.
#pragma once

#include <span>

#include "runtime/plan/plan.hpp"
#include "tools/data/load_dataset.hpp"
#include "tools/rulec/console.hpp"

namespace rulec::tool {

// On the console's messages: tables and columns that are not there, files that nothing is read
// from, values of optional fields that cannot be used, deals that close on a date.
void tell_of_data(const rulebook::plan::Plan& plan, const input::LoadNotes& data,
                  std::span<const rulebook::data::TableCounts> counts, Console& console);

// Where `--as-of latest` leads beyond the day on which the data was taken.
void tell_of_later_records(const input::LoadNotes& data, std::int64_t as_of, Console& console);

} // namespace rulec::tool
