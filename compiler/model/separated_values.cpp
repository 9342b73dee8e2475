#include "compiler/model/separated_values.hpp"

#include <algorithm>

#include "compiler/syntax/text_check.hpp"
#include "compiler/syntax/utf8.hpp"
#include "runtime/value/calendar.hpp"
#include "runtime/value/calendar_text.hpp"
#include "runtime/value/decimal.hpp"

namespace rulec::model {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Takes one cell from `text` at `at`; false for a quote that never closes.
bool take_cell(std::string_view text, std::size_t& at, std::int64_t& line, std::string& cell) {
    if (at >= text.size() || text[at] != '"') {
        while (at < text.size() && text[at] != ',' && text[at] != '\n')
            cell.push_back(text[at++]);
        if (!cell.empty() && cell.back() == '\r')
            cell.pop_back();
        return true;
    }
    for (++at; at < text.size(); ++at) {
        if (text[at] == '"') {
            if (at + 1 >= text.size() || text[at + 1] != '"')
                break;
            ++at;
        }
        line += text[at] == '\n' ? 1 : 0;
        cell.push_back(text[at]);
    }
    if (at >= text.size())
        return false;
    ++at;
    if (at < text.size() && text[at] == '\r')
        ++at;
    return at >= text.size() || text[at] == ',' || text[at] == '\n';
}

} // namespace

std::optional<SeparatedFault> text_fault(std::string_view text) {
    std::int64_t line = 1;
    for (std::size_t at = syntax::byte_order_mark(text); at < text.size();) {
        const auto [code_point, length] = syntax::decode(text, at);
        if (length == 0)
            return SeparatedFault{line, "it is not text in UTF-8"};
        if (syntax::refused_character(code_point))
            return SeparatedFault{line, "it holds the character " +
                                            syntax::code_point_name(code_point) +
                                            ", which nobody can see"};
        line += code_point == '\n' ? 1 : 0;
        at += length;
    }
    return std::nullopt;
}

std::optional<std::int64_t> uncomposed_line(std::string_view text) {
    for (std::int64_t line = 1; !text.empty(); ++line) {
        const std::string_view one = text.substr(0, text.find('\n'));
        const bool ascii = std::ranges::all_of(
            one, [](char each) { return static_cast<unsigned char>(each) < 0x80; });
        if (!ascii && syntax::composed(one) != one)
            return line;
        text.remove_prefix(std::min(text.size(), one.size() + 1));
    }
    return std::nullopt;
}

tl::expected<std::vector<SeparatedRow>, SeparatedFault>
read_separated_values(std::string_view text) {
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    std::vector<SeparatedRow> rows;
    std::int64_t line = 1;
    for (std::size_t at = 0; at < text.size(); ++line) {
        SeparatedRow row;
        row.line = line;
        while (true) {
            if (!take_cell(text, at, line, row.cells.emplace_back()))
                return tl::unexpected(
                    SeparatedFault{row.line, "a quote is not closed, or stands inside a cell"});
            if (at >= text.size() || text[at] == '\n')
                break;
            ++at; // the comma
        }
        ++at; // the line's end
        if (row.cells.size() > 1 || !row.cells[0].empty())
            rows.push_back(std::move(row));
    }
    if (rows.empty())
        return tl::unexpected(SeparatedFault{1, "the file is empty: its first line is the head"});
    return rows;
}

std::optional<rulebook::plan::Value> value_from_text(const Context& context, std::string_view text,
                                                     rulebook::plan::Type type) {
    using rulebook::plan::TypeKind;
    using rulebook::plan::Value;
    const auto integer = [](const rulebook::Read<std::int64_t>& read) {
        return read ? std::optional(Value::of(*read)) : std::nullopt;
    };
    switch (type.kind) {
    case TypeKind::Bool: {
        const auto read = rulebook::read_bool(text);
        return read ? std::optional(Value::of(*read)) : std::nullopt;
    }
    case TypeKind::Int:
        return integer(rulebook::read_int(text));
    case TypeKind::Number: {
        const auto read = rulebook::read_number(text);
        return read ? std::optional(Value::of(*read)) : std::nullopt;
    }
    case TypeKind::Percent:
        return integer(rulebook::read_percent(text));
    case TypeKind::Money:
        return integer(rulebook::read_money(text, type.currency()));
    case TypeKind::Points:
        return integer(rulebook::read_points(text));
    case TypeKind::Text:
        return Value::of(std::string(text));
    case TypeKind::Date: {
        const auto read = rulebook::read_date(text);
        return read ? std::optional(Value::of(std::int64_t{read->days})) : std::nullopt;
    }
    case TypeKind::Enum: {
        const auto value = enum_value(context, type, text);
        return value ? std::optional(Value::of(*value)) : std::nullopt;
    }
    case TypeKind::Time:
    case TypeKind::Duration:
        return std::nullopt; // refused where a lookup is declared
    }
    return std::nullopt;
}

} // namespace rulec::model
