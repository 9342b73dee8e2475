// Dates and times without zones: the proleptic Gregorian calendar, years 0001 to 9999.
//
// A Date is a count of days, a Time an instant in UTC, a LocalTime what a clock on some wall shows;
// runtime/time brings the zones that connect the two. All functions are pure. Functions that can
// leave the years 0001 to 9999 say so; Date itself holds a little more, so that the local date of
// an instant at either end exists.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

namespace rulebook {

inline constexpr std::int64_t kMicrosecondsPerSecond = 1'000'000;
inline constexpr std::int64_t kSecondsPerDay = 86'400;
inline constexpr std::int64_t kMicrosecondsPerDay = kSecondsPerDay * kMicrosecondsPerSecond;

struct Date {
    std::int32_t days = 0; // since 1970-01-01

    friend constexpr auto operator<=>(Date, Date) = default;
};

struct Time {
    std::int64_t microseconds = 0; // since 1970-01-01T00:00:00Z, without leap seconds

    friend constexpr auto operator<=>(Time, Time) = default;
};

struct LocalTime {
    std::int64_t microseconds = 0; // since 1970-01-01T00:00:00 on that clock

    friend constexpr auto operator<=>(LocalTime, LocalTime) = default;
};

struct CivilDate {
    std::int32_t year = 1970;
    std::int32_t month = 1; // 1 to 12
    std::int32_t day = 1;   // 1 to 31

    friend constexpr auto operator<=>(const CivilDate&, const CivilDate&) = default;
};

// Monday is the first day of the week, as in ISO 8601.
enum class Weekday : std::uint8_t {
    Monday = 1,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday
};

inline constexpr Date kFirstDate{-719'162}; // 0001-01-01
inline constexpr Date kLastDate{2'932'896}; // 9999-12-31
inline constexpr Time kFirstTime{kFirstDate.days * kMicrosecondsPerDay};
inline constexpr Time kLastTime{(kLastDate.days + 1) * kMicrosecondsPerDay - 1};

constexpr bool in_calendar(Date date) {
    return date >= kFirstDate && date <= kLastDate;
}
constexpr bool in_calendar(Time time) {
    return time >= kFirstTime && time <= kLastTime;
}

constexpr bool is_leap_year(std::int32_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
// month: 1 to 12.
std::int32_t days_in_month(std::int32_t year, std::int32_t month);

CivilDate civil(Date date);
// Requires that the date exists.
Date date_from_civil(const CivilDate& date);
// Nothing for a date that does not exist or lies outside the years 0001 to 9999.
std::optional<Date> checked_date(std::int32_t year, std::int32_t month, std::int32_t day);

Weekday weekday(Date date);
Date start_of_iso_week(Date date);
Date start_of_month(Date date);
Date start_of_year(Date date);

// Nothing outside the years 0001 to 9999.
std::optional<Date> add_days(Date date, std::int64_t days);
// The same day of the month `months` later (earlier, if negative), or that month's last day.
std::optional<Date> add_months(Date date, std::int64_t months);
std::optional<Time> add_duration(Time time, std::int64_t microseconds);

constexpr std::int32_t days_between(Date a, Date b) {
    return b.days - a.days;
}

// The first moment of the date on that clock.
constexpr LocalTime start_of(Date date) {
    return {date.days * kMicrosecondsPerDay};
}
Date date_of(LocalTime time);
Date utc_date_of(Time time);

} // namespace rulebook
