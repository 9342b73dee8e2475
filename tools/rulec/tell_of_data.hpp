// What whoever runs rules over data should know of it, beyond what is rejected.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/plan/plan.hpp"
#include "tools/data/load_dataset.hpp"
#include "tools/rulec/console.hpp"

namespace rulec::tool {

// A finding that may make results other than whoever runs them expects; also in run.json.
struct DataWarning {
    std::string code; // data.no_history
    std::string message;
    std::string help;
};

// Tracked fields of which the data have no history: their value is unknown up to the instant at
// which the data were taken, and known from then on, with each export anew.
std::vector<DataWarning> data_warnings(const rulebook::plan::Plan& plan,
                                       const input::LoadNotes& data);

// On the console's messages: data_warnings, tables and columns that are not there, files that
// nothing is read from, values of optional fields that cannot be used, deals that close on a date.
void tell_of_data(const rulebook::plan::Plan& plan, const input::LoadNotes& data,
                  std::span<const rulebook::data::TableCounts> counts, Console& console);

// Where `--as-of latest` leads beyond the day on which the data was taken.
void tell_of_later_records(const input::LoadNotes& data,
                           const std::optional<rulebook::data::LatestRecord>& latest,
                           std::int64_t as_of, Console& console);

// Where the caller asks for an instant more than a day after the data was taken, or, if the data
// do not say it, after all that they hold (`latest`).
void tell_of_later_instant(const input::LoadNotes& data, std::int64_t latest, std::int64_t as_of,
                           Console& console);

// Where the root's record is there only later than the instant, so that `rulec run` leaves it out.
void tell_of_later_origin(const rulebook::plan::Plan& plan, const rulebook::data::Dataset& dataset,
                          rulebook::data::RowIndex root, std::int64_t as_of, Console& console);

} // namespace rulec::tool
