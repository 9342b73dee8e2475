#include "tools/data/sort_key.hpp"

#include "runtime/value/ascii.hpp"
#include "runtime/value/decimal.hpp"

namespace rulec::input {

using Kind = rulebook::data::SourceCell::Kind;
using rulebook::plan::TypeKind;

bool SortKey::can_read(TypeKind kind) {
    return kind == TypeKind::Text || kind == TypeKind::Int;
}

std::optional<std::string_view> SortKey::read(const rulebook::data::SourceCell& cell) {
    if (cell.kind == Kind::Missing ||
        (cell.kind == Kind::Text && rulebook::trim_ascii(cell.text).empty())) {
        return std::nullopt;
    }
    if (kind_ == TypeKind::Text) {
        if (cell.kind == Kind::Text) {
            return cell.text;
        }
        text_ = text_of(cell);
        return text_;
    }
    const auto number = cell.kind == Kind::Integer ? rulebook::Read<std::int64_t>(cell.integer)
                                                   : rulebook::read_int(text_of(cell));
    if (!number.has_value()) {
        return std::nullopt;
    }
    // Most significant byte first, negative numbers before the others.
    std::uint64_t bits = static_cast<std::uint64_t>(*number) ^ (std::uint64_t{1} << 63U);
    for (std::size_t i = number_.size(); i-- > 0; bits >>= 8U) {
        number_[i] = static_cast<char>(bits & 0xFFU);
    }
    return std::string_view(number_.data(), number_.size());
}

} // namespace rulec::input
