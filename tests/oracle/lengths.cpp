#include "tests/oracle/lengths.hpp"

#include <algorithm>
#include <stdexcept>

namespace rulebook::oracle {

using plan::CalendarUnit;
using plan::Extent;

namespace {

constexpr std::int64_t kMinute = 60 * kMicrosecondsPerSecond;
constexpr std::int64_t kLongestWait = 400; // days that are gone through for open time

// The first date of the calendar window of n units that ends with `last`.
Date first_of_window(CalendarUnit unit, std::int64_t count, Date last) {
    const auto n = static_cast<std::int32_t>(count);
    switch (unit) {
    case CalendarUnit::Day:
        return {last.days - (n - 1)};
    case CalendarUnit::IsoWeek:
        return {start_of_iso_week(last).days - 7 * (n - 1)};
    case CalendarUnit::Month:
        return {add_months(last, -n).value().days + 1};
    }
    throw std::logic_error("unit");
}

bool is_open(const plan::Calendar& calendar, const time::Zone& zone, std::int64_t instant) {
    const LocalTime local = time::local_time(zone, {instant});
    const Date date = date_of(local);
    const std::int64_t time_of_day = local.microseconds - start_of(date).microseconds;
    const int weekday_bit = static_cast<int>(weekday(date)) - 1; // Monday is 1
    if ((calendar.days >> weekday_bit & 1) == 0 ||
        std::ranges::count(calendar.holidays, date.days) > 0)
        return false;
    return std::ranges::any_of(calendar.hours, [&](const plan::OfficeHours& hours) {
        return hours.from * kMinute <= time_of_day && time_of_day < hours.to * kMinute;
    });
}

} // namespace

bool Lengths::is_within(const Extent& extent, std::int64_t start, std::int64_t end) const {
    const time::Zone& zone = history.zone();
    switch (extent.kind) {
    case Extent::Kind::Elapsed:
        return end - start <= extent.microseconds;
    case Extent::Kind::Calendar:
        return time::date_of(zone, {start}) >=
               first_of_window(extent.unit, extent.count, time::date_of(zone, {end}));
    case Extent::Kind::SameBucket:
        return bucket(extent.unit, start) == bucket(extent.unit, end);
    case Extent::Kind::Working: {
        const time::Zone* of_calendar = history.zone_of(extent.calendar, end);
        if (of_calendar == nullptr)
            return false;
        std::int64_t open = 0;
        for (std::int64_t at = start; at < end; at += step)
            if (is_open(history.plan().calendars[extent.calendar], *of_calendar, at))
                open += step;
        return open <= extent.microseconds;
    }
    }
    throw std::logic_error("extent");
}

std::optional<std::int64_t> Lengths::deadline(const Extent& extent, std::int64_t opening) const {
    switch (extent.kind) {
    case Extent::Kind::Elapsed:
        return opening + extent.microseconds;
    case Extent::Kind::Calendar: { // the first date whose window does not hold the opening's date
        const Date opened = time::date_of(history.zone(), {opening});
        Date date = opened;
        while (first_of_window(extent.unit, extent.count, date) <= opened)
            ++date.days;
        return time::start_of_day(history.zone(), date).microseconds;
    }
    case Extent::Kind::Working: {
        const time::Zone* zone = history.zone_of(extent.calendar, opening);
        if (zone == nullptr)
            return std::nullopt;
        std::int64_t open = 0;
        for (std::int64_t at = opening; at < opening + kLongestWait * kMicrosecondsPerDay;
             at += step) {
            if (is_open(history.plan().calendars[extent.calendar], *zone, at))
                open += step;
            if (open >= extent.microseconds)
                return at + step;
        }
        throw std::logic_error("a wait that does not end");
    }
    case Extent::Kind::SameBucket:
        break;
    }
    throw std::logic_error("a wait has a length");
}

bool Lengths::inside(const Extent& extent, std::int64_t instant, std::int64_t deadline) {
    return extent.kind == Extent::Kind::Calendar ? instant < deadline : instant <= deadline;
}

std::int32_t Lengths::bucket(CalendarUnit unit, std::int64_t instant) const {
    const Date date = time::date_of(history.zone(), {instant});
    switch (unit) {
    case CalendarUnit::Day:
        return date.days;
    case CalendarUnit::IsoWeek:
        return start_of_iso_week(date).days;
    case CalendarUnit::Month:
        return start_of_month(date).days;
    }
    throw std::logic_error("unit");
}

} // namespace rulebook::oracle
