// CSV as it is written: RFC 4180 with LF, cells quoted only where they must be.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace rulec::output {

class CsvText {
public:
    // The head and every row have the same number of cells; the caller sees to that.
    explicit CsvText(std::initializer_list<std::string_view> head);
    CsvText() = default;

    // Cells of the row at hand, from the left.
    void cell(std::string_view text);
    void empty_cell() { cell({}); }
    void end_row();

    const std::string& text() const { return text_; }

private:
    std::string text_;
    bool row_started_ = false;
};

} // namespace rulec::output
