#include "tools/data/sql_text.hpp"

namespace rulec::input {
namespace {

std::string quoted(std::string_view text, char quote) {
    std::string result(1, quote);
    for (const char character : text) {
        result.append(character == quote ? 2 : 1, character);
    }
    result.push_back(quote);
    return result;
}

} // namespace

std::string sql_text(std::string_view text) {
    return quoted(text, '\'');
}
std::string sql_name(std::string_view name) {
    return quoted(name, '"');
}

} // namespace rulec::input
