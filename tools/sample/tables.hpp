// The tables that made-up companies are written as: accounts, users, events, touches, deals, and
// the history of accounts. One description for all formats. All of them are in the order of
// accounts.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "tools/data/typed_table.hpp"
#include "tools/sample/company.hpp"

namespace rulebook::sample {

struct SampleTable {
    std::string_view name; // "events"
    std::vector<rulec::input::TypedColumn> columns;
    std::size_t (*rows)(const Company&);
    // One cell per column, of row `row` of the company.
    void (*write)(const Company&, std::size_t row, rulec::input::RowSink&);
};

inline constexpr std::size_t kTableCount = 6;

// Lives as long as the program.
const std::array<SampleTable, kTableCount>& sample_tables();

} // namespace rulebook::sample
