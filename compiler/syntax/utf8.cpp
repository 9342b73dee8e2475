#include "compiler/syntax/utf8.hpp"

#include <fmt/format.h>

#include "runtime/value/utf8.hpp"

namespace rulec::syntax {

CodePoint decode(std::string_view text, std::size_t at) {
    if (at >= text.size())
        return {};
    std::string_view rest = text.substr(at);
    char32_t code_point = rulebook::take_code_point(rest);
    if (code_point > 0x10ffff)
        return {};
    return {code_point, static_cast<std::uint32_t>(text.size() - at - rest.size())};
}

std::string code_point_name(std::uint32_t code_point) {
    return fmt::format("U+{:04X}", code_point);
}

} // namespace rulec::syntax
