// The pieces of a file's text, none left out: laid end to end they are the text again.
#pragma once

#include <cstdint>

namespace rulec::ast {

enum class TokenKind : std::uint8_t {
    Space,
    LineComment,
    BlockComment,
    Keyword, // reserved everywhere, or meant as a keyword where it stands
    Name,
    Number, // also percentages, money, dates, times
    Text,
    Punctuation,
    Unreadable, // reported
};

// Bytes [begin, end) of the file that holds it.
struct Token {
    TokenKind kind = TokenKind::Space;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

} // namespace rulec::ast
