// The codes under which rulec speaks of data, and a page for each.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace rulec::input {

struct DataCode {
    std::string_view code;     // data.orphan
    std::string_view severity; // reject, warning
    std::string_view what;
    std::string_view becomes; // of the record
    std::string_view help;
};

std::span<const DataCode> data_codes();
// nullptr if there is none of that name.
const DataCode* find_data_code(std::string_view code);
// Markdown.
std::string page_of(const DataCode& code);

} // namespace rulec::input
