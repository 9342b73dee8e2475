// The metadata at the end of a Parquet file: the schema and where each column's pages are. Internal
// to this folder.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tools/data/typed_table.hpp"
#include "tools/output/parquet_pages.hpp"

namespace rulec::output {

struct ParquetRowGroup {
    std::int64_t rows = 0;
    std::vector<ParquetChunk> chunks; // by column; one behind the other in the file
};

inline constexpr std::string_view kParquetMagic = "PAR1"; // at both ends of a file

// The row groups follow upon the first magic bytes. Ends with the length and the magic bytes.
std::string parquet_footer(const input::TypedTable& table, std::span<const ParquetRowGroup> groups);

} // namespace rulec::output
