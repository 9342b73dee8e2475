#include "runtime/batch/table_search.hpp"

#include "runtime/native/key.hpp"

namespace rulebook::batch {

using native::Cell;
using native::Rank;

namespace {

constexpr Rank kNotAsked = 0xffffffff;

} // namespace

TableSearch::TableSearch(const native::Program& program, std::size_t table,
                         const native::TableIndex& index, const data::Dataset& dataset)
    : index_(index), ranks_(index.columns().size()) {
    for (const native::ArrayIndex input : program.tables[table].inputs) {
        const native::ArrayInfo& info = program.arrays[input];
        Column& column = columns_.emplace_back();
        column.input = input;
        column.cell = info.cell;
        column.is_text = info.source == native::Source::Codes;
        if (!column.is_text)
            continue;
        column.dictionary = &dataset.table(info.entity).column(info.field).dictionary();
        column.rank_of_code.assign(column.dictionary->size(), kNotAsked);
    }
}

Rank TableSearch::rank_of_text(std::size_t place, data::TextCode code) {
    Rank& rank = columns_[place].rank_of_code[code];
    if (rank == kNotAsked)
        rank = index_.columns()[place].rank(columns_[place].dictionary->text(code));
    return rank;
}

Rank TableSearch::rank(std::size_t place, const native::Array& array, std::size_t row) {
    const native::TableColumn& column = index_.columns()[place];
    if (array.known[row] == 0)
        return column.rank_of_unknown();
    if (columns_[place].is_text)
        return rank_of_text(place, static_cast<const data::TextCode*>(array.values)[row]);
    switch (columns_[place].cell) {
    case Cell::Bool:
        return column.rank(std::int64_t{static_cast<const std::uint8_t*>(array.values)[row] != 0});
    case Cell::Real:
        return column.rank(native::key_of(static_cast<const double*>(array.values)[row]));
    default:
        return column.rank(static_cast<const std::int64_t*>(array.values)[row]);
    }
}

void TableSearch::find(std::span<const native::Array> arrays, std::size_t row, std::size_t most,
                       std::vector<std::uint32_t>& rows) {
    for (std::size_t column = 0; column < columns_.size(); ++column)
        ranks_[column] = rank(column, arrays[columns_[column].input], row);
    index_.find(ranks_, most, rows);
}

} // namespace rulebook::batch
