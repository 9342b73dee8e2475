// The values of one column of a row group as pages of a Parquet file. Internal to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/data/growing_array.hpp"
#include "tools/data/typed_table.hpp"
#include "tools/output/column_rows.hpp"

namespace rulec::output {

using PageBytes = rulebook::data::GrowingArray<char>;

// What the file's metadata say of a column of a row group.
struct ParquetChunk {
    std::int64_t rows = 0;
    std::int64_t nulls = 0;
    bool has_dictionary = false;
    std::int64_t dictionary_bytes = 0;   // of the dictionary's page, as written
    std::int64_t compressed_bytes = 0;   // of all pages with their heads, as written
    std::int64_t uncompressed_bytes = 0; // the same before they were compressed
    std::optional<std::string> least;    // as PLAIN writes it; of texts and integers
    std::optional<std::string> greatest;
};

// Whether Parquet's INT32 holds the type's integers; otherwise INT64 does.
bool is_narrow(input::ColumnType type);

// Makes pages. Not thread-safe; kept, so that its memory is not asked for anew each time.
class ParquetPages {
public:
    // Appends the pages to `out`: texts and integers of which few are distinct by a dictionary,
    // everything else PLAIN; compressed by Snappy.
    ParquetChunk append(PageBytes& out, input::ColumnType type, const CollectedColumn& column,
                        std::size_t rows);

private:
    template <class Describe>
    void append_page(PageBytes& out, ParquetChunk& chunk, std::int32_t kind,
                     const Describe& describe);
    void append_data_page(PageBytes& out, ParquetChunk& chunk, std::int32_t encoding);
    void append_indexes(PageBytes& out, ParquetChunk& chunk, const CollectedColumn& column,
                        const std::vector<std::uint32_t>& codes, std::size_t distinct);
    void append_texts(PageBytes& out, ParquetChunk& chunk, const CollectedColumn& column);
    void append_integers(PageBytes& out, ParquetChunk& chunk, const CollectedColumn& column,
                         input::ColumnType type);

    PageBytes page_; // the one that is being made
};

} // namespace rulec::output
