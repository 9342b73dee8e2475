// Companies as text of CSV files.
#pragma once

#include <array>
#include <string>

#include "tools/sample/company.hpp"
#include "tools/sample/tables.hpp"

namespace rulebook::sample {

// The text of each table's file, in the order of sample_tables(), grown company by company.
using CsvTexts = std::array<std::string, kTableCount>;

// The first line of every file.
CsvTexts csv_heads();

void append_company(CsvTexts& texts, const Company& company);

} // namespace rulebook::sample
