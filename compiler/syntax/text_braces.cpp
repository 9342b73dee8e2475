#include "compiler/syntax/text_braces.hpp"

#include <algorithm>
#include <array>

namespace rulec::syntax {

bool holds_quote(std::string_view inside) {
    constexpr std::array<std::string_view, 9> kQuotes{"\"", "'", "“", "”", "„", "‘", "’", "«", "»"};
    return std::ranges::any_of(kQuotes, [&](std::string_view quote) {
        return inside.find(quote) != std::string_view::npos;
    });
}

bool ends_in_braces(std::string_view text) {
    for (std::size_t at = 1; at + 1 < text.size(); ++at) {
        const bool doubled = text[at] == '{' && text[at + 1] == '{';
        if (text[at] == '\\' || doubled) {
            ++at; // `\u{…}` has its own brace closed right behind
            continue;
        }
        if (text[at] != '{')
            continue;
        at = text.find('}', at);
        if (at == std::string_view::npos)
            return true;
    }
    return false;
}

} // namespace rulec::syntax
