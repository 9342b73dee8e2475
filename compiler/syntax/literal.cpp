#include "compiler/syntax/literal.hpp"

#include <charconv>

#include <fmt/format.h>

#include "compiler/syntax/utf8.hpp"
#include "runtime/value/calendar.hpp"
#include "runtime/value/calendar_text.hpp"
#include "runtime/value/utf8.hpp"

namespace rulec::syntax {
namespace {

constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};

int number(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

// "2026-02-30 does not exist: February 2026 has 28 days"
std::string no_such_date(std::string_view date) {
    int year = number(date.substr(0, 4));
    int month = number(date.substr(5, 2));
    if (year < 1)
        return fmt::format("{} does not exist: years count from 0001", date);
    if (month < 1 || month > 12)
        return fmt::format("{} does not exist: a year has 12 months", date);
    auto name = kMonths[static_cast<std::size_t>(month - 1)];
    return fmt::format("{} does not exist: {} {} has {} days", date, name, year,
                       rulebook::days_in_month(year, month));
}

struct Escape {
    std::size_t length = 0; // 0: unknown
    std::uint32_t code_point = 0;
};

// `text` begins with the backslash.
Escape escape(std::string_view text) {
    char letter = text.size() > 1 ? text[1] : '\0';
    if (letter == 'n')
        return {2, '\n'};
    if (letter == 't')
        return {2, '\t'};
    if (letter == '"' || letter == '\\')
        return {2, static_cast<std::uint32_t>(letter)};
    std::size_t close = text.find('}');
    if (letter != 'u' || !text.starts_with("\\u{") || close == std::string_view::npos)
        return {};
    std::uint32_t value = 0;
    const char* end = text.data() + close;
    auto [stop, error] = std::from_chars(text.data() + 3, end, value, 16);
    bool surrogate = value >= 0xd800 && value <= 0xdfff;
    if (error != std::errc() || stop != end || value == 0 || value > 0x10ffff || surrogate)
        return {};
    return {close + 1, value};
}

} // namespace

std::string without_separators(std::string_view digits) {
    std::string out;
    for (char c : digits)
        if (c != '_')
            out.push_back(c);
    return out;
}

ast::ExpressionNode int_literal(Span span, std::string_view word, Diagnostics& diagnostics) {
    std::string digits = without_separators(word);
    std::int64_t value = 0;
    auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc())
        return ast::IntLiteral{value};
    diagnostics.emit<RB0019>(span, word.substr(0, 60));
    return ast::Erroneous{};
}

ast::MoneyLiteral money_literal(std::string_view word, std::string_view marker) {
    std::size_t digits = word.find_first_of("0123456789");
    ast::MoneyLiteral money;
    money.marker = marker.empty() ? word.substr(0, digits) : marker;
    constexpr std::string_view kScales = "KMB";
    std::size_t scale = kScales.find(word.back());
    if (scale != std::string_view::npos)
        money.scale_power = static_cast<std::uint8_t>(3 * (scale + 1));
    std::size_t end = scale == std::string_view::npos ? word.size() : word.size() - 1;
    money.digits = without_separators(word.substr(digits, end - digits));
    return money;
}

ast::ExpressionNode date_literal(Span span, std::string_view word, Diagnostics& diagnostics) {
    if (auto date = rulebook::read_date(word))
        return ast::DateLiteral{date->days};
    diagnostics.emit<RB0013>(span, no_such_date(word));
    return ast::Erroneous{};
}

ast::ExpressionNode time_literal(Span span, std::string_view word, Diagnostics& diagnostics) {
    auto time = rulebook::read_time(word);
    if (time && !time->offset_seconds) {
        diagnostics.emit<RB0020>(span, word);
        return ast::Erroneous{};
    }
    if (time)
        if (auto instant = time->instant())
            return ast::TimeLiteral{instant->microseconds};
    if (!time && time.error() == rulebook::Fault::TooManyDecimals) {
        diagnostics.emit<RB0013>(span, fmt::format("{} is finer than a microsecond", word));
        return ast::Erroneous{};
    }
    bool date_exists = rulebook::read_date(word.substr(0, 10)).has_value();
    diagnostics.emit<RB0013>(span, date_exists ? fmt::format("{} does not exist: a day goes from "
                                                             "00:00:00 to 23:59:59",
                                                             word)
                                               : no_such_date(word.substr(0, 10)));
    return ast::Erroneous{};
}

std::string text_content(Span span, std::string_view word, Diagnostics& diagnostics) {
    bool straight = word.starts_with('"');
    if (!straight) { // other quotes, reported
        std::size_t opening = decode(word, 0).length;
        std::size_t closing = word.size() - 1;
        while ((static_cast<unsigned char>(word[closing]) & 0xc0) == 0x80)
            --closing;
        return std::string(word.substr(opening, closing - opening));
    }
    bool closed = word.size() > 1 && word.ends_with('"');
    return unescaped(span.file, span.begin + 1, word.substr(1, word.size() - (closed ? 2 : 1)),
                     diagnostics);
}

std::string unescaped(FileId file, std::uint32_t begin, std::string_view body,
                      Diagnostics& diagnostics) {
    std::string out;
    for (std::size_t at = 0; at < body.size();) {
        if (body[at] != '\\') {
            out.push_back(body[at++]);
            continue;
        }
        Escape found = escape(body.substr(at));
        if (found.length > 0) {
            rulebook::append_utf8(out, found.code_point);
            at += found.length;
            continue;
        }
        std::size_t length = 1 + decode(body, at + 1).length;
        auto from = begin + static_cast<std::uint32_t>(at);
        diagnostics.emit<RB0018>({file, from, from + static_cast<std::uint32_t>(length)},
                                 body.substr(at, length));
        at += length;
    }
    return out;
}

std::optional<std::uint16_t> clock_literal(Span span, std::string_view word,
                                           Diagnostics& diagnostics) {
    std::size_t colon = word.find(':');
    int hours = number(word.substr(0, colon));
    int minutes = number(word.substr(colon + 1));
    if (minutes < 60 && hours * 60 + minutes <= 24 * 60)
        return static_cast<std::uint16_t>(hours * 60 + minutes);
    diagnostics.emit<RB0151>(span, word);
    return std::nullopt;
}

} // namespace rulec::syntax
