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

// What cannot be read is told on the console; so are tables and columns that the data lacks, and a
// closing time that is written as a date.
tl::expected<input::LoadedData, ExitCode> load_data(const rulebook::plan::Plan& plan,
                                                    const DataFlags& given, Console& console);

// `--as-of`: nothing for `latest`; a date is its first instant in the rulebook's zone.
rulebook::Result<std::optional<std::int64_t>> as_of_flag(const rulebook::plan::Plan& plan,
                                                         const DataFlags& given);

// The commit that the folder is at; empty where it is in no git checkout.
std::string git_commit_of(const std::string& directory);

} // namespace rulec::tool
