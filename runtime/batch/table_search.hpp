// Looks for the rows of a decision table that match; internal to this folder.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/batch/text_codes.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/native/program.hpp"
#include "runtime/native/table_index.hpp"

namespace rulebook::batch {

class TableSearch {
public:
    // Program, index and data set outlive it. `table`: index in Program::tables.
    TableSearch(const native::Program& program, std::size_t table, const native::TableIndex& index,
                const data::Dataset& dataset);

    // As TableIndex::find, of the values that the arrays hold in a row.
    void find(std::span<const native::Array> arrays, std::size_t row, std::size_t most,
              std::vector<std::uint32_t>& rows);

private:
    struct Column {
        native::ArrayIndex input = 0;
        native::Cell cell = native::Cell::Integer;
        bool is_text = false;
        std::vector<native::Rank> rank_of_code; // of a text's code; by need
        const data::Dictionary* dictionary = nullptr;
    };

    native::Rank rank(std::size_t column, const native::Array& array, std::size_t row);
    native::Rank rank_of_text(std::size_t column, data::TextCode code);

    const native::TableIndex& index_;
    std::vector<Column> columns_;
    std::vector<native::Rank> ranks_;
};

} // namespace rulebook::batch
