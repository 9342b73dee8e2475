// The rows of one table as they were read, before admission. Internal to this folder.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/data/column_builder.hpp"
#include "runtime/data/counts.hpp"
#include "runtime/data/growing_array.hpp"
#include "runtime/data/table_layout.hpp"

namespace rulebook::data {

struct RawTable {
    explicit RawTable(const TableLayout& table_layout);

    TableLayout layout;
    std::vector<ColumnBuilder> columns;  // the fields, then the parent's key
    std::vector<std::uint8_t> present;   // by column: some source had it
    std::vector<std::uint8_t> rejected;  // by row: 1 = it is among the rejects
    GrowingArray<std::uint64_t> origins; // by row, packed
    std::uint64_t unreadable_rows = 0;   // that never became rows here
    // Whose they would have been, where that could be read; of the type of the parent's key.
    std::optional<ColumnBuilder> unreadable_parents;

    // By column and cause: what stood in the first rows in which it made an unknown, and may still
    // be rejected; nothing for what is missing.
    static constexpr std::size_t kMostExamples = 64;
    struct Example {
        std::size_t row = 0;
        std::string text;
        std::string complaint;
    };
    std::map<std::pair<std::size_t, plan::Cause>, std::vector<Example>> examples;
    std::vector<DateCount> dates; // by field

    std::size_t size() const { return rejected.size(); }
};

} // namespace rulebook::data
