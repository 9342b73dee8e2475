#include "compiler/syntax/unreadable.hpp"

#include <array>
#include <cstdlib>

#include <fmt/format.h>

#include "compiler/syntax/text_check.hpp"
#include "compiler/syntax/utf8.hpp"
#include "RulebookLexer.h"
#include "runtime/value/ascii.hpp"

namespace rulec::syntax {
namespace {

using grammar::RulebookLexer;
using rulebook::is_ascii_digit;
using rulebook::is_ascii_letter;

// A character that other notations use, and what to write here.
struct Foreign {
    std::uint32_t code_point;
    std::string_view replacement; // empty: no fix, unless it is `to_remove`
    std::string_view help;
    bool to_remove = false;
};

constexpr std::array kForeign = {
    Foreign{';', "", "clauses need no separator: leave it out", true},
    Foreign{'&', "", "write `and`"},
    Foreign{'!', "", "write `not`"},
    Foreign{'%', "", "`%` stands right behind its number: `12.5%`"},
    Foreign{'"', "", "the quote that closes this text is missing"},
    Foreign{'\'', "", "texts stand in straight double quotes"},
    Foreign{'#', "//", "comments begin with `//`"},
    Foreign{0x2212, "-", "write a plain minus"},
    Foreign{0x2013, "-", "write a plain minus"},
    Foreign{0x2014, "-", "write a plain minus"},
    Foreign{0x2264, "<=", "write `<=`"},
    Foreign{0x2265, ">=", "write `>=`"},
    Foreign{0x2260, "is not", "write `is not`"},
    Foreign{0xd7, "*", "write `*`"},
    Foreign{0xa0, " ", "this is a space that only looks like one: write a plain space"},
    Foreign{0x202f, " ", "this is a space that only looks like one: write a plain space"},
    Foreign{0x200b, "", "this character is invisible: remove it", true},
    Foreign{0xfeff, "", "this character is invisible: remove it", true},
};

// The word with a space on each side where the text has none.
std::string apart(std::string_view text, Span span, std::string_view word) {
    const auto blank = [&](std::size_t at) { return at >= text.size() || text[at] <= ' '; };
    return fmt::format("{}{}{}", span.begin == 0 || blank(span.begin - 1) ? "" : " ", word,
                       blank(span.end) ? "" : " ");
}

void report_character(Span span, std::string_view text, Diagnostics& diagnostics) {
    auto [code_point, length] = decode(text, span.begin);
    if (refused_character(code_point))
        return; // check_text said so
    std::string_view word = text.substr(span.begin, span.length());
    std::string shown = fmt::format("`{}`", word);
    if (length > 1)
        shown += fmt::format(" ({})", code_point_name(code_point));
    auto& diagnostic = diagnostics.emit<RB0010>(span, shown);
    for (const Foreign& foreign : kForeign) {
        if (foreign.code_point != code_point)
            continue;
        diagnostic.help(std::string(foreign.help));
        if (!foreign.replacement.empty() || foreign.to_remove)
            diagnostic.fix(span, std::string(foreign.replacement));
    }
    if (word == "&&")
        diagnostic.fix(span, apart(text, span, "and"));
}

// `30days` → `30 days`, `$1,000` → `$1_000`; empty where it is not certain what was meant.
std::string number_meant(std::string_view word) {
    std::string out;
    if (word.find(',') != std::string_view::npos) {
        for (char c : word)
            out.push_back(c == ',' ? '_' : c);
        return out;
    }
    std::size_t letters = 0;
    while (letters < word.size() && (is_ascii_digit(word[letters]) || word[letters] == '_'))
        ++letters;
    std::string_view unit = word.substr(letters);
    constexpr std::array kUnits = {"second", "minute", "hour", "day", "week", "month", "year"};
    for (std::string_view known : kUnits) {
        bool plural = unit.size() == known.size() + 1 && unit.ends_with('s');
        if (letters > 0 && unit.starts_with(known) && (unit.size() == known.size() || plural))
            return fmt::format("{} {}", word.substr(0, letters), unit);
    }
    return {};
}

// `9am` → `9:00`, `5pm` → `17:00`; empty for anything else.
std::string time_of_day_meant(std::string_view word) {
    constexpr int kNoon = 12;
    const bool after_noon = word.ends_with("pm") || word.ends_with("PM");
    if (!after_noon && !word.ends_with("am") && !word.ends_with("AM"))
        return {};
    int hour = 0;
    for (const char c : word.substr(0, word.size() - 2)) {
        if (!is_ascii_digit(c) || hour > kNoon)
            return {};
        hour = hour * 10 + (c - '0');
    }
    if (hour < 1 || hour > kNoon)
        return {};
    return fmt::format("{}:00", hour % kNoon + (after_noon ? kNoon : 0));
}

void report_number(Span span, std::string_view word, Diagnostics& diagnostics) {
    auto& diagnostic = diagnostics.emit<RB0011>(span, word);
    std::string meant = number_meant(word);
    if (meant.empty())
        meant = time_of_day_meant(word);
    if (!meant.empty())
        diagnostic.help(fmt::format("write `{}`", meant)).fix(span, meant);
}

// `2026-1-31`, `2026/01/31` → `2026-01-31`; empty where day and month could be mistaken.
std::string date_meant(std::string_view word) {
    constexpr int kLastYear = 9999;
    std::array<int, 3> parts{};
    std::size_t part = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (is_ascii_digit(word[i])) {
            parts[part] = parts[part] * 10 + (word[i] - '0');
            if (parts[part] > kLastYear)
                return {};
        } else if (is_ascii_letter(word[i]) || word[i] == ':' || ++part == parts.size())
            return {};
    }
    if (part != 2 || parts[0] < 1000)
        return {};
    return fmt::format("{:04}-{:02}-{:02}", parts[0], parts[1], parts[2]);
}

void report_date(Span span, std::string_view word, Diagnostics& diagnostics) {
    auto& diagnostic = diagnostics.emit<RB0012>(span, word);
    std::string meant = date_meant(word);
    if (!meant.empty())
        diagnostic.help(fmt::format("write `{}`", meant)).fix(span, meant);
}

void report_quotes(Span span, std::string_view word, Diagnostics& diagnostics) {
    std::size_t opening = decode(word, 0).length;
    std::size_t closing = word.size();
    do
        --closing;
    while ((static_cast<unsigned char>(word[closing]) & 0xc0) == 0x80);
    std::string_view inner = word.substr(opening, closing - opening);
    auto& diagnostic = diagnostics.emit<RB0015>(span);
    if (inner.find_first_of("\"\\") == std::string_view::npos)
        diagnostic.fix(span, fmt::format("\"{}\"", inner));
}

void check_normalised(Span span, std::string_view word, Diagnostics& diagnostics) {
    bool ascii = true;
    for (char c : word)
        ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    if (ascii)
        return;
    std::string normal = composed(word);
    if (normal != word)
        diagnostics.emit<RB0017>(span).fix(span, std::move(normal));
}

} // namespace

void report_unreadable(std::size_t type, Span span, std::string_view text,
                       Diagnostics& diagnostics) {
    std::string_view word = text.substr(span.begin, span.length());
    switch (type) {
    case RulebookLexer::TEXT:
        return check_normalised(span, word, diagnostics);
    case RulebookLexer::BAD_NUMBER:
        return report_number(span, word, diagnostics);
    case RulebookLexer::BAD_DATE:
        return report_date(span, word, diagnostics);
    case RulebookLexer::BAD_TEXT:
        diagnostics.emit<RB0014>(span);
        return;
    case RulebookLexer::FOREIGN_TEXT:
        return report_quotes(span, word, diagnostics);
    case RulebookLexer::BAD_COMMENT:
        diagnostics.emit<RB0016>({span.file, span.begin, span.begin + 2});
        return;
    case RulebookLexer::UNREADABLE:
        return report_character(span, text, diagnostics);
    default:
        return;
    }
}

} // namespace rulec::syntax
