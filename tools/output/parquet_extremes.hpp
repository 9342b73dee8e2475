// The least and the greatest value of a column of a row group, so that readers can pass over groups
// that hold nothing for them. Internal to this folder.
#pragma once

#include <optional>
#include <string_view>

#include "tools/data/typed_table.hpp"
#include "tools/output/parquet_pages.hpp"

namespace rulec::output {

// Long texts are left out. The texts outlive it.
class TextExtremes {
public:
    void add(std::string_view text);
    void put_into(ParquetChunk& chunk) const;

private:
    std::optional<std::string_view> least_;
    std::optional<std::string_view> greatest_;
};

void add_integer_extremes(ParquetChunk& chunk, input::ColumnType type,
                          const CollectedColumn& column);

} // namespace rulec::output
