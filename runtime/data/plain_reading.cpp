// Reads the cells that are written in the plainest way; see CellReader::read() for all others.
#include <algorithm>
#include <cmath>

#include "runtime/data/cell_reader.hpp"
#include "runtime/data/plain_cell.hpp"
#include "runtime/value/utf8.hpp"

namespace rulebook::data {

using Kind = SourceCell::Kind;

std::optional<std::int64_t> CellReader::plain_integer(std::string_view text) const {
    if (may_be_missing(text))
        return std::nullopt;
    return if_in_range(convert_plain(text));
}

std::optional<std::int64_t> CellReader::plain_integer(const SourceInteger& cell) const {
    if (is_null_integer(cell.value))
        return std::nullopt;
    switch (field_.type.kind) {
    case plan::TypeKind::Int:
        return cell.kind == Kind::Integer ? if_in_range(cell.value) : std::nullopt;
    case plan::TypeKind::Money:
        return cell.kind == Kind::Decimal && cell.decimals == field_.type.currency().digits()
                   ? if_in_range(cell.value)
                   : std::nullopt;
    case plan::TypeKind::Time:
        return cell.kind == Kind::Instant && in_calendar(Time{cell.value}) ? if_in_range(cell.value)
                                                                           : std::nullopt;
    default:
        return std::nullopt;
    }
}

// Ranges and the calendar have no holes; what means "missing" is one.
bool CellReader::are_plain_integers(SourceCell::Kind kind, int decimals, std::int64_t least,
                                    std::int64_t greatest) const {
    const auto is_hole = [&](const ReadCell& null) {
        return least <= null.integer && null.integer <= greatest;
    };
    return std::ranges::none_of(null_values_, is_hole) &&
           plain_integer({kind, least, decimals}) == least &&
           plain_integer({kind, greatest, decimals}) == greatest;
}

std::optional<std::int64_t> CellReader::if_in_range(std::optional<std::int64_t> value) const {
    return value && field_.range && !integer_in_range(*value) ? std::nullopt : value;
}

std::optional<bool> CellReader::plain_boolean(std::string_view text) const {
    if (may_be_missing(text) || (text != "true" && text != "false"))
        return std::nullopt;
    return text == "true";
}

std::optional<bool> CellReader::plain_boolean(const SourceInteger& cell) const {
    return cell.kind == Kind::Bool && null_values_.empty() ? std::optional(cell.value != 0)
                                                           : std::nullopt;
}

std::optional<double> CellReader::plain_real(double value) const {
    return std::isfinite(value) && !field_.range && null_values_.empty() ? std::optional(value)
                                                                         : std::nullopt;
}

bool CellReader::is_plain_text(std::string_view text) const {
    if (may_be_missing(text))
        return false;
    return is_ascii_without_nul(text) ||
           (is_valid_utf8(text) && text.find('\0') == std::string_view::npos);
}

std::optional<double> CellReader::plain_real(std::string_view text) const {
    if (may_be_missing(text) || field_.range)
        return std::nullopt;
    return plain_number(text);
}

std::optional<std::int64_t> CellReader::convert_plain(std::string_view text) const {
    constexpr int kPointDigits = 2;
    switch (field_.type.kind) {
    case plan::TypeKind::Int:
        return plain_whole(text);
    case plan::TypeKind::Money:
        return plain_scaled(text, field_.type.currency().digits());
    case plan::TypeKind::Points:
        return plain_scaled(text, kPointDigits);
    case plan::TypeKind::Percent:
        return plain_scaled(text, percent_digits());
    case plan::TypeKind::Enum:
        return enum_names_.find(text);
    case plan::TypeKind::Date:
        return reading_.format.empty() ? plain_date(text) : std::nullopt;
    case plan::TypeKind::Time:
        return reading_.format.empty() ? plain_instant(text) : std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace rulebook::data
