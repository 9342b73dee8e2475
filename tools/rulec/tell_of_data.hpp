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
    std::string help; // empty: none
};

// Tracked fields of which the data have no history; files, arrays and queries that may not be what
// was meant; values of optional fields that cannot be used; deals that close on a date.
std::vector<DataWarning> data_warnings(const rulebook::plan::Plan& plan,
                                       const input::LoadNotes& data,
                                       std::span<const rulebook::data::TableCounts> counts);

void tell(const DataWarning& warning, Console& console);

// On the console's messages: tables and columns that are not there, and data_warnings.
void tell_of_data(const rulebook::plan::Plan& plan, const input::LoadNotes& data,
                  std::span<const rulebook::data::TableCounts> counts, Console& console);

// On the console's messages, where records were rejected for values of theirs: that data.toml can
// say how to read them.
void tell_of_rejected_values(const rulebook::data::Rejects& rejects, Console& console);

// Where `--as-of latest` leads beyond the day on which the data was taken.
std::optional<DataWarning> later_records(const input::LoadNotes& data,
                                         const std::optional<rulebook::data::LatestRecord>& latest,
                                         std::int64_t as_of, std::int64_t now);

// The error data.far_future: `--as-of latest` would lead to as_of, which nobody means.
tl::unexpected<rulebook::Error>
far_future(std::int64_t as_of, const std::optional<rulebook::data::LatestRecord>& latest);

// Where the caller asks for an instant more than a day after the data was taken.
std::optional<DataWarning> later_instant(const input::LoadNotes& data, std::int64_t as_of);

// The same where the data do not say when they were taken: after all that they hold (`latest`).
void tell_of_unknown_time(const input::LoadNotes& data, std::int64_t latest, std::int64_t as_of,
                          Console& console);

// Where the root's record is there only later than the instant, so that `rulec run` leaves it out.
void tell_of_later_origin(const rulebook::plan::Plan& plan, const rulebook::data::Dataset& dataset,
                          rulebook::data::RowIndex root, std::int64_t as_of, Console& console);

} // namespace rulec::tool
