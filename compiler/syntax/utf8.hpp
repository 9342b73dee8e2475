// Code points of a text by byte offset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rulec::syntax {

struct CodePoint {
    std::uint32_t code_point = 0;
    std::uint32_t length = 0; // bytes; 0: what stands there is not UTF-8, or the text ends
};

CodePoint decode(std::string_view text, std::size_t at);

// With letters and their accents in one code point where there is such a one (Unicode NFC). Text
// that is not UTF-8, or newer than the tables here, comes back as it is.
std::string composed(std::string_view text);

// "U+202E"
std::string code_point_name(std::uint32_t code_point);

} // namespace rulec::syntax
