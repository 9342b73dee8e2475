#include "tools/output/ndjson_rows.hpp"

#include <cmath>

#include <fmt/format.h>

#include "runtime/value/calendar.hpp"
#include "runtime/value/calendar_text.hpp"
#include "runtime/value/decimal.hpp"

namespace rulec::output {
namespace {

constexpr unsigned char kFirstPlain = 0x20;

void append_string(std::string& out, std::string_view text) {
    out.push_back('"');
    for (const char letter : text) {
        if (letter == '"' || letter == '\\')
            out.append(1, '\\').append(1, letter);
        else if (letter == '\n')
            out.append("\\n");
        else if (letter == '\t')
            out.append("\\t");
        else if (static_cast<unsigned char>(letter) < kFirstPlain)
            out.append(fmt::format("\\u{:04x}", static_cast<unsigned char>(letter)));
        else
            out.push_back(letter);
    }
    out.push_back('"');
}

} // namespace

NdjsonRows::NdjsonRows(std::span<const input::TypedColumn> columns, ByteFile& file) : file_(file) {
    for (const input::TypedColumn& column : columns) {
        std::string opening(openings_.empty() ? "{" : ",");
        append_string(opening, column.name);
        opening.push_back(':');
        openings_.push_back(std::move(opening));
        is_json_.push_back(column.type == input::ColumnType::Json);
    }
}

std::string& NdjsonRows::next_cell() {
    return file_.buffer().append(openings_[column_++]);
}

void NdjsonRows::null() {
    next_cell().append("null");
}

void NdjsonRows::text(std::string_view value) {
    const bool is_json = is_json_[column_];
    std::string& out = next_cell();
    if (is_json)
        out.append(value);
    else
        append_string(out, value);
}

void NdjsonRows::integer(std::int64_t value) {
    rulebook::append_int(next_cell(), value);
}

void NdjsonRows::number(double value) {
    if (std::isfinite(value)) // JSON has no other numbers
        rulebook::append_number(next_cell(), value);
    else
        null();
}

void NdjsonRows::boolean(bool value) {
    next_cell().append(value ? "true" : "false");
}

void NdjsonRows::decimal(std::int64_t units, int decimals) {
    rulebook::append_scaled(next_cell(), units, decimals);
}

void NdjsonRows::percent(std::int64_t millionths) {
    rulebook::append_percent(next_cell(), millionths);
}

void NdjsonRows::date(std::int32_t days) {
    std::string& out = next_cell();
    out.push_back('"');
    rulebook::append_date(out, rulebook::Date{days});
    out.push_back('"');
}

void NdjsonRows::time(std::int64_t microseconds) {
    std::string& out = next_cell();
    out.push_back('"');
    rulebook::append_time(out, rulebook::Time{microseconds});
    out.push_back('"');
}

void NdjsonRows::end_row() {
    file_.buffer().append("}\n");
    column_ = 0;
    file_.row_ended();
}

} // namespace rulec::output
