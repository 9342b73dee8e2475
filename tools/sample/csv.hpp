// Companies as the CSV files that `--data` takes: accounts, users, events, touches, deals.
#pragma once

#include <string>
#include <string_view>

#include "tools/sample/company.hpp"

namespace rulebook::sample {

// The text of each file, grown company by company.
struct CsvTexts {
    std::string accounts;
    std::string users;
    std::string events;
    std::string touches;
    std::string deals;
};

// The first line of every file.
CsvTexts csv_heads();

void append_company(CsvTexts& texts, const Company& company);

// The mapping that says when the data was taken.
std::string data_toml();

} // namespace rulebook::sample
