#include "compiler/diagnostics/shown_text.hpp"

#include <algorithm>

#include <utf8proc.h>

namespace rulec {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD"; // U+FFFD
constexpr std::string_view kCut = "…";
constexpr std::int32_t kByteOrderMarkCodePoint = 0xFEFF;

struct Character {
    std::string_view bytes;
    std::int32_t code_point; // negative: malformed
};

Character first_character(std::string_view text) {
    utf8proc_int32_t code_point = -1;
    utf8proc_ssize_t length =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                         static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    if (length <= 0)
        return {text.substr(0, 1), -1};
    return {text.substr(0, static_cast<std::size_t>(length)), code_point};
}

bool is_harmless(std::int32_t code_point) {
    if (code_point < 0)
        return false;
    utf8proc_category_t category = utf8proc_category(code_point);
    return category != UTF8PROC_CATEGORY_CC && category != UTF8PROC_CATEGORY_CF &&
           category != UTF8PROC_CATEGORY_ZL && category != UTF8PROC_CATEGORY_ZP;
}

bool continues_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// Back to where a character begins.
std::size_t character_start(std::string_view text, std::size_t at) {
    for (int step = 0; step < 3 && at > 0 && at < text.size() && continues_character(text[at]);
         ++step)
        --at;
    return at;
}

} // namespace

std::string harmless(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        Character next = first_character(text);
        shown += is_harmless(next.code_point) ? next.bytes : kReplacement;
        text.remove_prefix(next.bytes.size());
    }
    return shown;
}

ShownLine::ShownLine(std::string_view line, std::uint32_t focus) {
    std::size_t center = std::min<std::size_t>(focus, line.size());
    std::size_t begin = center > kReach ? character_start(line, center - kReach) : 0;
    std::size_t end = std::min<std::size_t>(line.size(), center + kReach);
    end = end < line.size() ? character_start(line, end) : end;
    if (begin > 0) {
        text_ += kCut;
        width_ = 1;
    }
    std::size_t at = begin;
    while (at < end) {
        Character next = first_character(line.substr(at, end - at));
        cells_.push_back({static_cast<std::uint32_t>(at), width_});
        if (!(at == 0 && next.code_point == kByteOrderMarkCodePoint))
            append(next.bytes, next.code_point);
        at += next.bytes.size();
    }
    cells_.push_back({static_cast<std::uint32_t>(end), width_});
    if (end < line.size())
        text_ += kCut;
}

void ShownLine::append(std::string_view character, std::int32_t code_point) {
    if (code_point == '\t') {
        std::uint32_t blanks = kTabWidth - width_ % kTabWidth;
        text_.append(blanks, ' ');
        width_ += blanks;
        return;
    }
    if (!is_harmless(code_point)) {
        text_ += kReplacement;
        ++width_;
        return;
    }
    text_ += character;
    width_ += static_cast<std::uint32_t>(std::max(0, utf8proc_charwidth(code_point)));
}

std::uint32_t ShownLine::column(std::uint32_t offset) const {
    auto behind = std::ranges::upper_bound(cells_, offset, {}, &Cell::offset);
    return behind == cells_.begin() ? cells_.front().column : std::prev(behind)->column;
}

} // namespace rulec
