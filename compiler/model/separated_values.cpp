#include "compiler/model/separated_values.hpp"

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
