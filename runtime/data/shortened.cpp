#include "runtime/data/shortened.hpp"

#include "runtime/value/utf8.hpp"

namespace rulebook::data {

std::string shortened(std::string_view text) {
    constexpr std::size_t kMost = 60;
    constexpr char32_t kLastCodePoint = 0x10FFFF;
    constexpr char32_t kReplacement = 0xFFFD;
    std::string out;
    while (!text.empty()) {
        const char32_t next = take_code_point(text);
        std::string bytes;
        append_utf8(bytes, next > kLastCodePoint || next == 0 ? kReplacement : next);
        if (out.size() + bytes.size() > kMost)
            return out + "…";
        out += bytes;
    }
    return out;
}

} // namespace rulebook::data
