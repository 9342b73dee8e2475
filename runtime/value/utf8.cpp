#include "runtime/value/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace rulebook {

namespace {

constexpr char32_t kLastCodePoint = 0x10FFFF;
constexpr char32_t kStrayByte = 0x110000; // + the byte

// The bytes of the sequence that a byte begins; 0 if it begins none.
constexpr std::size_t sequence_length(std::uint8_t first) {
    if (first < 0x80)
        return 1;
    if (first < 0xC2)
        return 0;
    if (first < 0xE0)
        return 2;
    if (first < 0xF0)
        return 3;
    return first < 0xF5 ? 4 : 0;
}

constexpr char32_t least_of_length(std::size_t length) {
    return length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
}

constexpr std::uint8_t byte_at(std::string_view text, std::size_t at) {
    return static_cast<std::uint8_t>(text[at]);
}

// The length of the well-formed sequence at the start, 0 if there is none; sets its code point.
std::size_t decode(std::string_view text, char32_t& code_point) {
    const std::uint8_t first = byte_at(text, 0);
    const std::size_t length = sequence_length(first);
    if (length <= 1 || length > text.size()) {
        code_point = first;
        return length == 1 ? 1 : 0;
    }
    code_point = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte_at(text, i) & 0xC0U) != 0x80U)
            return 0;
        code_point = code_point << 6U | (byte_at(text, i) & 0x3FU);
    }
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (code_point < least_of_length(length) || code_point > kLastCodePoint || surrogate)
        return 0;
    return length;
}

} // namespace

bool is_ascii(std::string_view text) {
    constexpr std::uint64_t kHighBits = 0x8080'8080'8080'8080U;
    constexpr std::size_t kWord = sizeof kHighBits;
    std::uint64_t all = 0;
    const char* at = text.data();
    std::size_t left = text.size();
    for (std::uint64_t word = 0; left >= kWord; at += kWord, left -= kWord) {
        std::memcpy(&word, at, kWord);
        all |= word;
    }
    for (; left > 0; ++at, --left)
        all |= static_cast<unsigned char>(*at);
    return (all & kHighBits) == 0;
}

bool is_ascii_without_nul(std::string_view text) {
    constexpr std::uint64_t kHighBits = 0x8080'8080'8080'8080U;
    constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101U;
    constexpr std::size_t kWord = sizeof kHighBits;
    // Of a byte of 1 to 0x7F neither the byte nor one less has a high bit. A NUL borrows from the
    // byte above it, so which byte it is is not told.
    const auto is_strange = [](std::uint64_t word) {
        return ((word | (word - kOnes)) & kHighBits);
    };
    std::uint64_t strange = 0;
    std::uint64_t word = 0;
    if (text.size() < kWord) {
        for (const char c : text)
            strange |= is_strange(kOnes << 8U | static_cast<unsigned char>(c));
        return strange == 0;
    }
    const char* const last = text.data() + text.size() - kWord;
    for (const char* at = text.data(); at < last; at += kWord) {
        std::memcpy(&word, at, kWord);
        strange |= is_strange(word);
    }
    std::memcpy(&word, last, kWord); // overlaps the one before
    return (strange | is_strange(word)) == 0;
}

bool is_valid_utf8(std::string_view text) {
    if (is_ascii(text))
        return true;
    while (!text.empty()) {
        char32_t code_point = 0;
        const std::size_t length = decode(text, code_point);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

char32_t take_code_point(std::string_view& text) {
    char32_t code_point = 0;
    const std::size_t length = decode(text, code_point);
    if (length == 0) {
        code_point = kStrayByte + byte_at(text, 0);
        text.remove_prefix(1);
        return code_point;
    }
    text.remove_prefix(length);
    return code_point;
}

void append_utf8(std::string& out, char32_t code_point) {
    const auto tail = [&](unsigned shift) {
        out += static_cast<char>(0x80U | (code_point >> shift & 0x3FU));
    };
    if (code_point < 0x80 || code_point >= kStrayByte) {
        out += static_cast<char>(code_point & 0xFFU);
    } else if (code_point < 0x800) {
        out += static_cast<char>(0xC0U | code_point >> 6U);
        tail(0);
    } else if (code_point < 0x10000) {
        out += static_cast<char>(0xE0U | code_point >> 12U);
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0U | code_point >> 18U);
        tail(12);
        tail(6);
        tail(0);
    }
}

} // namespace rulebook
