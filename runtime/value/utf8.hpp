// UTF-8, byte by byte.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rulebook {

// No byte above 0x7F.
bool is_ascii(std::string_view text);

// The same, and no NUL: what most texts are.
bool is_ascii_without_nul(std::string_view text);

// Well-formed UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF.
bool is_valid_utf8(std::string_view text);

// Takes the first code point off a text that is not empty. A byte that begins no well-formed
// sequence comes off alone, as a value above 0x10FFFF that append_utf8 turns back into that byte.
char32_t take_code_point(std::string_view& text);

void append_utf8(std::string& out, char32_t code_point);

} // namespace rulebook
