// The flags that name data, and the records behind them: for every verb that evaluates.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"
#include "tools/data/load_dataset.hpp"
#include "tools/rulec/console.hpp"
#include "tools/rulec/flags.hpp"

namespace rulec::tool {

struct DataFlags {
    std::string folder;
    std::string map;
    std::string as_of = "latest";
};

void declare_data_flags(Flags& flags, DataFlags& given);

// Tells of data that cannot be used at all.
ExitCode unusable_data(const rulebook::Error& error, Console& console);

// What cannot be read is told on the console; so are tables and columns that the data lacks, and a
// closing time that is written as a date.
tl::expected<input::LoadedData, ExitCode> load_data(const rulebook::plan::Plan& plan,
                                                    const DataFlags& given, Console& console);

// The same request without reading anything.
input::LoadRequest load_request(const rulebook::plan::Plan& plan, const DataFlags& given);

// An instant as `--as-of` takes it: nothing for `latest`; a date is its first instant in the
// rulebook's zone. Fails with "run.zone" and "run.as_of".
rulebook::Result<std::optional<std::int64_t>> instant_of(const rulebook::plan::Plan& plan,
                                                         const std::string& written);
rulebook::Result<std::optional<std::int64_t>> as_of_flag(const rulebook::plan::Plan& plan,
                                                         const DataFlags& given);

} // namespace rulec::tool
