// Reads rows into a RawTable and rejects those that lack what they must have. Internal to this
// folder.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/arrow_c.hpp"
#include "runtime/data/arrow_column.hpp"
#include "runtime/data/cell_reader.hpp"
#include "runtime/data/dataset_builder.hpp"
#include "runtime/data/raw_table.hpp"
#include "runtime/data/rejects.hpp"

namespace rulebook::data {

class RecordReader {
public:
    // All outlive the reader. `parent_key` is the field that the column of the parent's key holds.
    RecordReader(const plan::Schema& schema, RawTable& table, const plan::Field* parent_key,
                 const time::Zone& zone, Rejects& rejects);

    Result<void> set_reading(const TableReading& reading);

    // `source_number` stands for `source` in origins.
    Result<void> add(const ArrowSchema& schema, const ArrowArray& array, std::string_view source,
                     std::uint32_t source_number, std::span<const std::uint64_t> rows);
    Result<void> add(const RecordValues& record, std::uint32_t source_number);
    // Of a row that is none: the key of the record that it stands below.
    void note_unreadable_below(std::string_view parent_key);

private:
    struct Batch {
        std::string_view source;
        std::uint32_t source_number;
        std::span<const std::uint64_t> rows;
        std::size_t first; // the row of the table that the batch begins with
    };

    void begin(const Batch& batch);
    void add_column(const Batch& batch, std::size_t column, const ArrowColumn* cells,
                    const ArrowArray& rows);
    template <class AddPlain>
    void add_cells(const Batch& batch, std::size_t column, const ArrowColumn& cells,
                   const ArrowArray& rows, const AddPlain& add_plain);
    // False: some cell is not written in the plainest way; then nothing is added.
    bool add_numbers(const Batch& batch, std::size_t column, const ArrowNumbers& numbers);
    bool add_missing_numbers(const Batch& batch, std::size_t column, const ArrowNumbers& numbers);
    void add_indexed(const Batch& batch, std::size_t column, const ArrowColumn& cells,
                     std::size_t first, const ArrowIndexes& indexes);
    // False: the cell is not written in the plainest way; then nothing is added.
    bool add_plain(std::size_t column, plan::Representation how, const ArrowColumn& cells,
                   std::size_t row);
    bool add_plain(std::size_t column, plan::Representation how, const SourceInteger& cell);
    bool add_plain(std::size_t column, plan::Representation how, std::string_view text);
    void add_cell(const Batch& batch, std::size_t column, std::size_t row, const ReadCell& value,
                  const SourceCell& cell);
    void append(std::size_t column, const ReadCell& value);
    static void append(ColumnBuilder& builder, const ReadCell& value);
    void note_unknown(const Batch& batch, std::size_t column, std::size_t row,
                      const ReadCell& value, const SourceCell& cell);
    void reject(const Batch& batch, std::size_t column, std::size_t row, const ReadCell& value,
                const SourceCell& cell);
    std::string reason(std::size_t column, const ReadCell& value, const SourceCell& cell) const;
    bool required(std::size_t column) const;
    bool may_be_in_history(std::size_t column) const;

    RawTable& table_;
    Rejects& rejects_;
    std::vector<CellReader> cells_; // by column
};

} // namespace rulebook::data
