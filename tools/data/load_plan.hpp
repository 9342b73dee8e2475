// What is to be loaded and how: settled before anything is read. Internal to this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/data/dataset_builder.hpp"
#include "runtime/plan/schema.hpp"
#include "runtime/time/zone.hpp"
#include "tools/data/data_map.hpp"
#include "tools/data/data_source.hpp"
#include "tools/data/load_dataset.hpp"

namespace rulec::input {

struct LoadPlan {
    DataMap map;
    const rulebook::time::Zone* zone = nullptr;     // of times written without one
    std::optional<std::int64_t> taken_at;           // as data.toml says
    std::vector<rulebook::data::InputTable> tables; // parents before their children
    std::vector<WantedTable> wanted;                // the same as the readers know them
};

// Fails with "data.map".
rulebook::Result<LoadPlan> plan_load(const rulebook::plan::Schema& schema,
                                     const LoadRequest& request);

// How data.toml says that the table's cells are read.
rulebook::Result<void> set_reading(rulebook::data::DatasetBuilder& builder, const DataMap& map,
                                   const std::string& table);

} // namespace rulec::input
