#include "runtime/value/text.hpp"

#include "runtime/value/unicode.hpp"
#include "runtime/value/utf8.hpp"

namespace rulebook {

namespace {

template <class Map>
std::string mapped(std::string_view text, Map map) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty())
        append_utf8(out, map(take_code_point(text)));
    return out;
}

constexpr bool is_continuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// Takes the last code point off, as take_code_point does with the first.
char32_t take_last_code_point(std::string_view& text) {
    std::size_t start = text.size() - 1;
    for (int step = 0; step < 3 && start > 0 && is_continuation(text[start]); ++step)
        --start;
    std::string_view last = text.substr(start);
    const char32_t code_point = take_code_point(last);
    if (!last.empty()) { // not one well-formed sequence: the last byte alone
        std::string_view byte = text.substr(text.size() - 1);
        text.remove_suffix(1);
        return take_code_point(byte);
    }
    text.remove_suffix(text.size() - start);
    return code_point;
}

// The Unicode property White_Space.
constexpr bool is_white_space(char32_t c) {
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

bool begins_with_word_character(std::string_view text) {
    return !text.empty() && is_word_character(take_code_point(text));
}

bool ends_with_word_character(std::string_view text) {
    return !text.empty() && is_word_character(take_last_code_point(text));
}

} // namespace

std::int64_t length(std::string_view text) {
    std::int64_t count = 0;
    for (; !text.empty(); ++count)
        take_code_point(text);
    return count;
}

std::string_view trim(std::string_view text) {
    for (std::string_view rest = text; !text.empty() && is_white_space(take_code_point(rest));)
        text = rest;
    for (std::string_view rest = text; !text.empty() && is_white_space(take_last_code_point(rest));)
        text = rest;
    return text;
}

std::string lower(std::string_view text) {
    return mapped(text, lower_case);
}

std::string fold(std::string_view text) {
    return mapped(text, fold_case);
}

bool contains_ignoring_case(std::string_view text, std::string_view part) {
    return fold(text).find(fold(part)) != std::string::npos;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view start) {
    return fold(text).starts_with(fold(start));
}

bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
    return fold(text).ends_with(fold(end));
}

bool has_word_ignoring_case(std::string_view text, std::string_view word) {
    const std::string folded = fold(text);
    const std::string sought = fold(word);
    if (sought.empty())
        return false;
    const bool starts_inside = begins_with_word_character(sought);
    const bool ends_inside = ends_with_word_character(sought);
    const std::string_view all = folded;
    for (std::size_t at = all.find(sought); at != std::string_view::npos;
         at = all.find(sought, at + 1)) {
        const bool cut_before = starts_inside && ends_with_word_character(all.substr(0, at));
        const bool cut_after =
            ends_inside && begins_with_word_character(all.substr(at + sought.size()));
        if (!cut_before && !cut_after)
            return true;
    }
    return false;
}

LikePattern::LikePattern(std::string_view pattern) {
    const std::string folded = fold(pattern);
    std::string_view rest = folded;
    for (std::size_t star = rest.find('*'); star != std::string_view::npos; star = rest.find('*')) {
        pieces_.emplace_back(rest.substr(0, star));
        rest.remove_prefix(star + 1);
    }
    pieces_.emplace_back(rest);
}

bool LikePattern::matches(std::string_view text) const {
    return matches_folded(fold(text));
}

bool LikePattern::matches_folded(std::string_view folded) const {
    const std::string& first = pieces_.front();
    const std::string& last = pieces_.back();
    if (pieces_.size() == 1)
        return folded == first;
    if (folded.size() < first.size() + last.size() || !folded.starts_with(first) ||
        !folded.ends_with(last))
        return false;
    std::string_view rest = folded.substr(first.size(), folded.size() - first.size() - last.size());
    for (std::size_t i = 1; i + 1 < pieces_.size(); ++i) {
        const std::size_t at = rest.find(pieces_[i]);
        if (at == std::string_view::npos)
            return false;
        rest.remove_prefix(at + pieces_[i].size());
    }
    return true;
}

std::optional<std::string> domain(std::string_view email) {
    email = trim(email);
    const std::size_t at = email.rfind('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == email.size())
        return std::nullopt;
    return lower(email.substr(at + 1));
}

} // namespace rulebook
