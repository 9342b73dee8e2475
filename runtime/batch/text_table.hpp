// What a node gives for each text of a column, asked once a text; internal to this folder.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/batch/cell_writer.hpp"
#include "runtime/data/dictionary.hpp"
#include "runtime/native/program.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::batch {

class TextTable {
public:
    TextTable() = default;
    TextTable(const native::ArrayInfo& info, std::size_t texts);

    // Writes what the node gives for the text into the array's row. ask(): the node's value where
    // the record's text has the code.
    template <class Ask>
    void write(data::TextCode code, const native::Array& array, std::size_t row, const Ask& ask) {
        if (asked_[code] == 0) {
            write_cell(info_, table(), code, ask());
            asked_[code] = 1;
        }
        copy(code, array, row);
    }

private:
    native::Array table() { return {bytes_.data(), known_.data()}; }
    void copy(data::TextCode code, const native::Array& array, std::size_t row) const;

    native::ArrayInfo info_;
    std::vector<std::uint64_t> bytes_; // as many cells as there are texts
    std::vector<std::uint8_t> known_;
    std::vector<std::uint8_t> asked_;
};

} // namespace rulebook::batch
