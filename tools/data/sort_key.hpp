// Keys of records as texts whose bytes are in the order of the keys. Internal to this folder.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/data/source_cell.hpp"
#include "runtime/plan/type.hpp"

namespace rulec::input {

class SortKey {
public:
    // Keys are text or whole numbers, nearly always; others cannot be read so.
    static bool can_read(rulebook::plan::TypeKind kind);

    explicit SortKey(rulebook::plan::TypeKind kind) : kind_(kind) {}

    // Two cells that are read as the same key give the same bytes. Nothing: there is no key in the
    // cell, so that its record is rejected. Valid until the next call, as long as the cell is.
    std::optional<std::string_view> read(const rulebook::data::SourceCell& cell);

private:
    rulebook::plan::TypeKind kind_;
    std::string text_;
    std::array<char, sizeof(std::int64_t)> number_{};
};

} // namespace rulec::input
