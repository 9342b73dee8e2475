// Batches in Arrow form for tests.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/data/arrow_c.hpp"

namespace rulebook::data::testing {

// One column: a format and buffers as Arrow lays them out.
struct TestColumn {
    std::string name;
    std::string format;
    std::vector<std::uint8_t> known; // by row; empty: all are
    std::vector<std::uint8_t> values;
    std::vector<std::uint8_t> bytes; // of text
    std::size_t rows = 0;
    std::size_t offset = 0; // values before the first row
    std::shared_ptr<TestColumn> dictionary;
};

using TextCells = std::vector<std::optional<std::string>>;

// Format "u"; a nothing is a null.
TestColumn text_column(std::string name, const TextCells& cells);
// Any fixed-width format.
template <class T>
TestColumn typed_column(std::string name, std::string format, const std::vector<T>& cells) {
    TestColumn column{std::move(name), std::move(format), {}, {}, {}, cells.size(), 0, nullptr};
    column.values.resize(cells.size() * sizeof(T));
    for (std::size_t i = 0; i < column.values.size(); ++i)
        column.values[i] = reinterpret_cast<const std::uint8_t*>(cells.data())[i];
    return column;
}
TestColumn absent_column(std::string name, std::size_t rows);

struct TestBatch {
    OwnedSchema schema;
    OwnedArray array;
};

// A struct of the columns.
TestBatch batch_of(std::vector<TestColumn> columns);

} // namespace rulebook::data::testing
