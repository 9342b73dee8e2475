// Columns of text in Arrow form, filled value by value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/arrow_c.hpp"

namespace rulec::input {

// A struct schema with one child per name: format "u" where present[i], else "n".
rulebook::data::OwnedSchema text_schema(std::span<const std::string> names,
                                        const std::vector<bool>& present);

// Collects rows of text without nulls; columns that are not present have format "n" and take no
// values. Not thread-safe.
class TextColumns {
public:
    explicit TextColumns(std::vector<bool> present);

    // Each present column takes one value per row.
    void append(std::size_t column, std::string_view value);
    std::size_t byte_count() const { return byte_count_; }

    // Hands out what was collected, `row_count` rows, as a struct array that matches text_schema,
    // and starts afresh.
    rulebook::data::OwnedArray take(std::size_t row_count);

private:
    struct Column {
        std::vector<std::int32_t> offsets = {0};
        std::string bytes;
    };
    struct Child;
    void make_room();

    std::vector<bool> present_;
    std::vector<Column> columns_;
    std::size_t byte_count_ = 0;
    std::vector<std::size_t> room_; // by column: the bytes that the last batch had
    std::size_t row_room_ = 0;
};

} // namespace rulec::input
