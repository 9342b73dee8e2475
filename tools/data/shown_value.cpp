#include "tools/data/shown_value.hpp"

#include "runtime/value/utf8.hpp"

namespace rulec::input {

std::string shown_value(std::string_view bytes) {
    constexpr std::size_t kLongest = 200;
    std::string shown;
    while (!bytes.empty() && shown.size() < kLongest) {
        const char32_t character = rulebook::take_code_point(bytes);
        rulebook::append_utf8(shown, character > 0x10FFFF || character == 0 ? 0xFFFD : character);
    }
    return bytes.empty() ? shown : shown + "...";
}

} // namespace rulec::input
