#include "compiler/lower/span_words.hpp"

#include <fmt/format.h>

#include "runtime/value/calendar_text.hpp"

namespace rulec::lower {

using rulebook::plan::CalendarUnit;

namespace {
constexpr std::int64_t kDay = 86'400'000'000;
} // namespace

std::string duration_words(std::int64_t microseconds) {
    std::string words;
    rulebook::append_duration(words, microseconds);
    return words;
}

std::string span_words(const rulebook::plan::Span& span) {
    if (!span.calendar)
        return duration_words(span.microseconds);
    switch (span.unit) {
    case CalendarUnit::Day:
        return fmt::format("{} calendar day{}", span.count, span.count == 1 ? "" : "s");
    case CalendarUnit::IsoWeek:
        return fmt::format("{} iso week{}", span.count, span.count == 1 ? "" : "s");
    case CalendarUnit::Month:
        return fmt::format("{} calendar month{}", span.count, span.count == 1 ? "" : "s");
    }
    return {};
}

double longest(const rulebook::plan::Span& span) {
    if (!span.calendar)
        return static_cast<double>(span.microseconds);
    constexpr std::int64_t kMonth = 31;
    const std::int64_t days = span.unit == CalendarUnit::Day       ? 1
                              : span.unit == CalendarUnit::IsoWeek ? 7
                                                                   : kMonth;
    return static_cast<double>(kDay) * static_cast<double>(days * span.count + 1);
}

} // namespace rulec::lower
