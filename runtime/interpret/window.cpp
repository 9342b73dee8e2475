#include "runtime/interpret/window.hpp"

#include <algorithm>

#include "runtime/time/calendar_window.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::interpret {

namespace {

constexpr Instants kAll;
constexpr Instants kNone{kAll.last, kAll.first};

std::int64_t start_of_iso_weeks(const time::Zone& zone, Time end, std::int64_t weeks) {
    const Date monday = start_of_iso_week(time::date_of(zone, end));
    const auto days_back = checked_multiply(weeks - 1, 7);
    const auto first = days_back ? add_days(monday, -*days_back) : std::nullopt;
    return time::start_of_day(zone, first.value_or(kFirstDate)).microseconds;
}

// The first instant of a window that ends with `end`.
std::int64_t calendar_start(const time::Zone& zone, const plan::Span& span, std::int64_t end) {
    const Time last{std::clamp(end, kFirstTime.microseconds, kLastTime.microseconds)};
    const std::int64_t count = std::max<std::int64_t>(span.count, 1);
    switch (span.unit) {
    case plan::CalendarUnit::Day:
        return time::start_of_calendar_days(zone, last, count).microseconds;
    case plan::CalendarUnit::IsoWeek:
        return start_of_iso_weeks(zone, last, count);
    case plan::CalendarUnit::Month:
        return time::start_of_calendar_months(zone, last, count).microseconds;
    }
    return kAll.first;
}

// (end - span, end], or the calendar window that ends with `end`.
Instants back_from(const time::Zone& zone, const plan::Span& span, std::int64_t end) {
    if (span.calendar)
        return {calendar_start(zone, span, end), end};
    const auto excluded = checked_subtract(end, span.microseconds);
    if (!excluded)
        return {kAll.first, end};
    return *excluded == kAll.last ? kNone : Instants{*excluded + 1, end};
}

Instants from_anchor(const time::Zone& zone, const plan::Window& window, std::int64_t anchor) {
    switch (window.kind) {
    case plan::WindowKind::Since:
        return {anchor, kAll.last};
    case plan::WindowKind::Before:
        return anchor == kAll.first ? kNone : Instants{kAll.first, anchor - 1};
    case plan::WindowKind::Last:
    case plan::WindowKind::LastBefore:
        break;
    }
    return back_from(zone, window.span, anchor);
}

} // namespace

std::optional<Instants> instants_of(Evaluation& evaluation,
                                    const std::vector<plan::Window>& windows) {
    const time::Zone& zone = *evaluation.preparation().zone;
    Instants result;
    for (const plan::Window& window : windows) {
        std::int64_t anchor = evaluation.instant();
        if (window.kind != plan::WindowKind::Last) {
            const plan::Value value = evaluation.value(window.anchor);
            if (!value.known())
                return std::nullopt;
            anchor = value.integer();
        }
        const Instants passed = from_anchor(zone, window, anchor);
        result = {std::max(result.first, passed.first), std::min(result.last, passed.last)};
    }
    return result;
}

} // namespace rulebook::interpret
