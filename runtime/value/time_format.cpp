#include "runtime/value/calendar_text.hpp"

#include <algorithm>
#include <array>

#include "runtime/value/ascii.hpp"
#include "runtime/value/integer.hpp"
#include "runtime/value/written_parts.hpp"

namespace rulebook {

namespace {

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> kWeekdays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};
constexpr std::size_t kAbbreviation = 3;

// 1 for the first name; the full name or its first three letters.
template <std::size_t size>
std::optional<std::int64_t> scan_name(Scanner& scanner,
                                      const std::array<std::string_view, size>& names) {
    for (std::size_t i = 0; i < size; ++i)
        if (scanner.skip_word(names[i]) || scanner.skip_word(names[i].substr(0, kAbbreviation)))
            return static_cast<std::int64_t>(i + 1);
    return std::nullopt;
}

// What a directive that stands for several others expands to; empty for the rest.
constexpr std::string_view expansion(char directive) {
    switch (directive) {
    case 'F':
        return "%Y-%m-%d";
    case 'T':
        return "%H:%M:%S";
    case 'R':
        return "%H:%M";
    case 'D':
        return "%m/%d/%y";
    default:
        return {};
    }
}

// Reads a text by a format, directive by directive.
class FormatReader {
public:
    explicit FormatReader(std::string_view text) : scanner_(text) {}

    bool follow(std::string_view format) {
        for (std::size_t at = 0; at < format.size(); ++at) {
            const char c = format[at];
            if (is_ascii_blank(c)) {
                scanner_.skip_blanks();
                continue;
            }
            if (c == '%')
                ++at;
            if (at == format.size() || !(c == '%' ? directive(format[at]) : scanner_.skip(c)))
                return false;
        }
        return true;
    }

    Read<WrittenTime> finish() {
        if (!scanner_.at_end())
            return fault(Fault::NotATime);
        if (since_1970_)
            return from_epoch(*since_1970_);
        if (day_of_year_ && !month_and_day_from_day_of_year())
            return fault(Fault::NoSuchDate);
        if (hour_of_twelve_) {
            if (parts_.hour < 1 || parts_.hour > 12)
                return fault(Fault::NoSuchTime);
            parts_.hour = parts_.hour % 12 + (afternoon_ ? 12 : 0);
        }
        return parts_.assemble();
    }

private:
    bool directive(char name) {
        switch (name) {
        case 'Y':
            return number(parts_.year, 4, 4);
        case 'y':
            return number(parts_.year, 2, 2) &&
                   (parts_.year += parts_.year >= 69 ? 1900 : 2000, true);
        case 'm':
            return number(parts_.month, 1, 2);
        case 'd':
            return number(parts_.day, 1, 2);
        case 'e':
            scanner_.skip_blanks();
            return number(parts_.day, 1, 2);
        case 'j':
            return number(day_of_year_.emplace(), 1, 3);
        case 'b':
        case 'B':
            return month_name();
        case 'a':
        case 'A':
            return scan_name(scanner_, kWeekdays).has_value();
        case '%':
            return scanner_.skip('%');
        case 'F':
        case 'T':
        case 'R':
        case 'D':
            return follow(expansion(name));
        default:
            return time_directive(name);
        }
    }

    bool time_directive(char name) {
        parts_.has_time_of_day = parts_.has_time_of_day || (name != 'z' && name != 'Z');
        switch (name) {
        case 'H':
            return number(parts_.hour, 1, 2);
        case 'I':
            hour_of_twelve_ = true;
            return number(parts_.hour, 1, 2);
        case 'M':
            return number(parts_.minute, 1, 2);
        case 'S':
            return number(parts_.second, 1, 2);
        case 'f':
            return fraction();
        case 'p':
            afternoon_ = scanner_.skip_word("PM");
            return afternoon_ || scanner_.skip_word("AM");
        case 'z':
        case 'Z':
            parts_.offset_seconds = scan_offset(scanner_);
            return parts_.offset_seconds.has_value();
        case 's':
            return since_1970(kMicrosecondsPerSecond);
        case 'Q':
            return since_1970(kMicrosecondsPerSecond / 1000);
        default:
            return false;
        }
    }

    bool number(std::int64_t& part, std::size_t least, std::size_t most) {
        const auto found = scanner_.number(least, most);
        part = found.value_or(0);
        return found.has_value();
    }

    bool month_name() {
        const auto found = scan_name(scanner_, kMonths);
        parts_.month = found.value_or(1);
        return found.has_value();
    }

    bool fraction() {
        const auto found = scanner_.fraction_of_second();
        parts_.set(found.value_or(Scanner::Fraction{}));
        return found.has_value();
    }

    bool since_1970(std::int64_t unit) {
        const bool before = scanner_.skip('-');
        const auto count = scanner_.number(1, 18);
        since_1970_ = count ? checked_multiply(before ? -*count : *count, unit) : std::nullopt;
        return since_1970_.has_value();
    }

    static Read<WrittenTime> from_epoch(std::int64_t microseconds) {
        if (!in_calendar(Time{microseconds}))
            return fault(Fault::NoSuchTime);
        return WrittenTime{LocalTime{microseconds}, 0, false};
    }

    bool month_and_day_from_day_of_year() {
        const auto year = static_cast<std::int32_t>(parts_.year);
        const auto first = checked_date(year, 1, 1);
        if (!first || *day_of_year_ < 1 || *day_of_year_ > (is_leap_year(year) ? 366 : 365))
            return false;
        const CivilDate date = civil({first->days + static_cast<std::int32_t>(*day_of_year_) - 1});
        parts_.month = date.month;
        parts_.day = date.day;
        return true;
    }

    Scanner scanner_;
    WrittenParts parts_;
    std::optional<std::int64_t> day_of_year_;
    std::optional<std::int64_t> since_1970_; // microseconds
    bool hour_of_twelve_ = false;
    bool afternoon_ = false;
};

// The directives of a format, with those that stand for several written out.
std::string directives_of(std::string_view format) {
    std::string found;
    for (std::size_t at = 0; at + 1 < format.size(); ++at) {
        if (format[at] != '%')
            continue;
        ++at;
        const std::string_view longer = expansion(format[at]);
        found += longer.empty() ? std::string(1, format[at]) : directives_of(longer);
    }
    return found;
}

// What a run of one letter stands for where formats are patterns: `YYYY`, `MM`. `before`: of the
// run before it. Empty: nobody knows.
std::string_view directive_meant(char letter, std::size_t count, std::string_view before) {
    const bool short_run = count <= 2;
    switch (letter) {
    case 'Y':
    case 'y':
        return count == 4 ? "%Y" : count == 2 ? "%y" : "";
    case 'M':
    case 'm':
        if (short_run)
            return before == "%H" || before == "%I" ? "%M" : "%m";
        return letter == 'm' ? "" : count == 3 ? "%b" : count == 4 ? "%B" : "";
    case 'D':
    case 'd':
        return short_run ? "%d" : count == 3 ? "%a" : count == 4 ? "%A" : "";
    case 'H':
        return short_run ? "%H" : "";
    case 'h':
        return short_run ? "%I" : "";
    case 'S':
    case 's':
        return short_run ? "%S" : "%f";
    case 'f':
        return "%f";
    case 'a':
    case 'A':
        return count == 1 ? "%p" : "";
    default:
        return "";
    }
}

// `DD-MM-YYYY` → `%d-%m-%Y`; empty where it is not sure what is meant.
std::string format_meant(std::string_view pattern) {
    std::string meant;
    std::string_view before;
    for (std::size_t at = 0; at < pattern.size();) {
        const char letter = pattern[at];
        if (!is_ascii_letter(letter)) {
            meant += letter;
            ++at;
            continue;
        }
        const std::size_t end = std::min(pattern.find_first_not_of(letter, at), pattern.size());
        const bool divides = letter == 'T' && end - at == 1; // between a date and a time
        before = divides ? "T" : directive_meant(letter, end - at, before);
        if (before.empty())
            return {};
        meant += before;
        at = end;
    }
    // Hours from 1 to 12 say which half of the day it is.
    if (const std::size_t hour = meant.find("%I");
        hour != std::string::npos && meant.find("%p") == std::string::npos)
        meant[hour + 1] = 'H';
    return meant;
}

} // namespace

Read<WrittenTime> read_time(std::string_view text, std::string_view format) {
    FormatReader reader(trim_ascii(text));
    if (!reader.follow(format))
        return fault(Fault::NotATime);
    return reader.finish();
}

Result<void> check_time_format(std::string_view format) {
    const std::string found = directives_of(format);
    const std::string quoted = "`" + std::string(format) + "`";
    if (format.find('%') == std::string_view::npos) {
        const std::string meant = format_meant(format);
        const bool sure = meant.find('%') != std::string::npos && check_time_format(meant);
        return make_error("time_format.no_date",
                          quoted + " has no directives: each part of a format is a letter behind %",
                          "write `" + (sure ? meant : std::string("%d/%m/%Y")) +
                              (sure ? "`"
                                    : "` for 31/05/2026, `%Y-%m-%d %H:%M` for "
                                      "2026-05-31 18:00"));
    }
    for (const char directive : found)
        if (std::string_view("YymdejbBaAHIMSfpzZsQ%").find(directive) == std::string_view::npos)
            return make_error("time_format.directive",
                              quoted + " has the directive %" + std::string(1, directive) +
                                  ", which is not one of those that are read",
                              "use %Y %y %m %d %e %j %b %a %H %I %M %S %f %p %z %s %Q %F %T %R %D");
    if (format.ends_with('%') && !format.ends_with("%%"))
        return make_error("time_format.directive", quoted + " ends with a lone %",
                          "write %% for the character itself");
    const auto has_any = [&](std::string_view any) {
        return found.find_first_of(any) != std::string::npos;
    };
    const bool has_date = has_any("Yy") && (has_any("j") || (has_any("mbB") && has_any("de")));
    if (!has_date && !has_any("sQ"))
        return make_error("time_format.no_date", quoted + " names no full date",
                          "a format needs a year, a month and a day, or %s");
    if (has_any("I") && !has_any("p"))
        return make_error("time_format.no_half_day", quoted + " has %I, but no %p",
                          "%H is the hour from 0 to 23");
    return {};
}

} // namespace rulebook
