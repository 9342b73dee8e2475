#include "compiler/syntax/text_check.hpp"

#include <fmt/format.h>

#include "compiler/syntax/utf8.hpp"

namespace rulec::syntax {
namespace {

// Characters that reorder what is shown: text could look different from what it says.
bool bidirectional_control(std::uint32_t c) {
    return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

bool control(std::uint32_t c) {
    bool white_space = c == '\t' || c == '\n' || c == '\r';
    return (c < 0x20 && !white_space) || (c >= 0x7f && c < 0xa0);
}

} // namespace

bool refused_character(std::uint32_t code_point) {
    return control(code_point) || bidirectional_control(code_point);
}

std::size_t byte_order_mark(std::string_view text) {
    return text.starts_with("\xef\xbb\xbf") ? 3 : 0;
}

bool check_text(FileId file, std::string_view text, Diagnostics& diagnostics) {
    if (text.size() > kMaximumFileSize) {
        diagnostics.emit<RB0001>({file, 0, 0}, text.size() >> 20, kMaximumFileSize >> 20);
        return false;
    }
    constexpr int kReported = 20; // of the unreadable ones: more tell nothing new
    int reported = 0;
    for (std::size_t at = byte_order_mark(text); at < text.size();) {
        auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x20 && byte < 0x7f) {
            ++at;
            continue;
        }
        auto [code_point, length] = decode(text, at);
        Span span{file, static_cast<std::uint32_t>(at),
                  static_cast<std::uint32_t>(at + std::max(length, 1U))};
        if (length == 0) {
            diagnostics.emit<RB0002>(span, fmt::format("0x{:02X}", byte));
            return false;
        }
        if (bidirectional_control(code_point) && reported++ < kReported)
            diagnostics.emit<RB0004>(span, code_point_name(code_point)).fix(span, "");
        else if (control(code_point) && reported++ < kReported)
            diagnostics.emit<RB0003>(span, code_point_name(code_point)).fix(span, "");
        at += length;
    }
    return true;
}

} // namespace rulec::syntax
