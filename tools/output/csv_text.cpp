#include "tools/output/csv_text.hpp"

namespace rulec::output {

CsvText::CsvText(std::initializer_list<std::string_view> head) {
    for (const std::string_view name : head)
        cell(name);
    end_row();
}

void CsvText::cell(std::string_view text) {
    if (row_started_)
        text_.push_back(',');
    row_started_ = true;
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        text_.append(text);
        return;
    }
    text_.push_back('"');
    for (const char letter : text) {
        if (letter == '"')
            text_.push_back('"');
        text_.push_back(letter);
    }
    text_.push_back('"');
}

void CsvText::end_row() {
    text_.push_back('\n');
    row_started_ = false;
}

} // namespace rulec::output
