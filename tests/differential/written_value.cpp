#include "tests/differential/written_value.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "runtime/value/calendar_text.hpp"

namespace rulebook::differential {

namespace {

using plan::TypeKind;

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        if (c == '\n' || c == '\t')
            out += c == '\n' ? "\\n" : "\\t";
        else
            out += c;
    }
    return out + '"';
}

// The shortest decimals that are read as the same number.
std::string decimals(double number) {
    std::array<char, 1200> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), std::abs(number),
                                   std::chars_format::fixed);
    std::string text(digits.data(), end.ptr);
    if (text.find('.') == std::string::npos)
        text += ".0";
    return (std::signbit(number) ? "-" : "") + text;
}

// An amount in units of 1/scale.
std::string scaled(std::int64_t amount, std::int64_t scale, std::string_view before,
                   std::string_view behind) {
    const bool negative = amount < 0;
    const std::uint64_t size = negative ? std::uint64_t{0} - static_cast<std::uint64_t>(amount)
                                        : static_cast<std::uint64_t>(amount);
    const auto unit = static_cast<std::uint64_t>(scale);
    std::string text = fmt::format("{}{}{}", negative ? "-" : "", before, size / unit);
    if (scale > 1)
        text += fmt::format(".{:0{}}", size % unit, std::to_string(scale).size() - 1);
    return text + std::string(behind);
}

} // namespace

std::string written(const plan::Schema& schema, plan::Type type, const plan::Value& value) {
    std::string text;
    switch (type.kind) {
    case TypeKind::Bool:
        return value.boolean() ? "true" : "false";
    case TypeKind::Number:
        return decimals(value.real());
    case TypeKind::Text:
        return in_quotes(value.text());
    case TypeKind::Percent:
        return scaled(value.integer(), 10'000, "", "%");
    case TypeKind::Money:
        return scaled(value.integer(), type.currency().minor_units(),
                      std::string(type.currency().code()) + " ", "");
    case TypeKind::Date:
        append_date(text, {static_cast<std::int32_t>(value.integer())});
        return text;
    case TypeKind::Time:
        append_time(text, {value.integer()});
        return text;
    case TypeKind::Enum:
        return schema.enums[type.enum_index()].values[static_cast<std::size_t>(value.integer())];
    default:
        return std::to_string(value.integer());
    }
}

} // namespace rulebook::differential
