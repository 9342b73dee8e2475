#include "tools/output/csv_rows.hpp"

#include "runtime/value/calendar.hpp"
#include "runtime/value/calendar_text.hpp"
#include "runtime/value/decimal.hpp"

namespace rulec::output {

CsvRows::CsvRows(std::span<const input::TypedColumn> columns, ByteFile& file) : file_(file) {
    for (const input::TypedColumn& column : columns)
        CsvRows::text(column.name);
    end_row();
}

std::string& CsvRows::next_cell() {
    if (row_started_)
        file_.buffer().push_back(',');
    row_started_ = true;
    return file_.buffer();
}

void CsvRows::null() {
    next_cell();
}

void CsvRows::text(std::string_view value) {
    std::string& out = next_cell();
    if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
        out.append(value);
        return;
    }
    out.push_back('"');
    for (const char letter : value) {
        if (letter == '"')
            out.push_back('"');
        out.push_back(letter);
    }
    out.push_back('"');
}

void CsvRows::integer(std::int64_t value) {
    rulebook::append_int(next_cell(), value);
}
void CsvRows::number(double value) {
    rulebook::append_number(next_cell(), value);
}
void CsvRows::boolean(bool value) {
    next_cell().append(value ? "true" : "false");
}
void CsvRows::decimal(std::int64_t units, int decimals) {
    rulebook::append_scaled(next_cell(), units, decimals);
}
void CsvRows::percent(std::int64_t millionths) {
    rulebook::append_percent(next_cell(), millionths);
}

void CsvRows::date(std::int32_t days) {
    rulebook::append_date(next_cell(), rulebook::Date{days});
}
void CsvRows::time(std::int64_t microseconds) {
    rulebook::append_time(next_cell(), rulebook::Time{microseconds});
}

void CsvRows::end_row() {
    file_.buffer().push_back('\n');
    row_started_ = false;
    file_.row_ended();
}

} // namespace rulec::output
