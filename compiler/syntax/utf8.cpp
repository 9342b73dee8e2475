#include "compiler/syntax/utf8.hpp"

#include <cstdlib>

#include <utf8proc.h>

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

std::string composed(std::string_view text) {
    utf8proc_uint8_t* bytes = nullptr;
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                     static_cast<utf8proc_ssize_t>(text.size()), &bytes, options);
    if (length < 0)
        return std::string(text);
    std::string result(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
    std::free(bytes);
    return result;
}

std::string code_point_name(std::uint32_t code_point) {
    return fmt::format("U+{:04X}", code_point);
}

} // namespace rulec::syntax
