#include "runtime/value/calendar.hpp"

#include <algorithm>
#include <array>

#include "runtime/value/integer.hpp"

namespace rulebook {

namespace {

constexpr std::int64_t kDaysPerEra = 146'097;  // 400 years
constexpr std::int64_t kDaysToEpoch = 719'468; // 0000-03-01 to 1970-01-01
constexpr std::int64_t kYearsPerEra = 400;
constexpr std::int64_t kDaysPerWeek = 7;

constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

constexpr std::int64_t floor_modulo(std::int64_t a, std::int64_t b) {
    return a - floor_divide(a, b) * b;
}

} // namespace

std::int32_t days_in_month(std::int32_t year, std::int32_t month) {
    constexpr std::array<std::int8_t, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month == 2 && is_leap_year(year))
        return 29;
    return kDays[static_cast<std::size_t>(month - 1)];
}

// Both directions count years from March, so that the leap day is the last of its year: the days
// before a month are then (153 × month + 2) / 5, the months from March on being 31, 30, 31, 30, 31
// days long, again and again.
CivilDate civil(Date date) {
    const std::int64_t days = date.days + kDaysToEpoch;
    const std::int64_t era = floor_divide(days, kDaysPerEra);
    const std::int64_t day_of_era = days - era * kDaysPerEra;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
    const std::int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    const std::int64_t year = year_of_era + era * kYearsPerEra + (month <= 2 ? 1 : 0);
    return {static_cast<std::int32_t>(year), static_cast<std::int32_t>(month),
            static_cast<std::int32_t>(day)};
}

Date date_from_civil(const CivilDate& date) {
    const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
    const std::int64_t era = floor_divide(year, kYearsPerEra);
    const std::int64_t year_of_era = year - era * kYearsPerEra;
    const std::int64_t month_from_march = date.month > 2 ? date.month - 3 : date.month + 9;
    const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    const std::int64_t day_of_era =
        365 * year_of_era + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return {static_cast<std::int32_t>(era * kDaysPerEra + day_of_era - kDaysToEpoch)};
}

std::optional<Date> checked_date(std::int32_t year, std::int32_t month, std::int32_t day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return std::nullopt;
    return date_from_civil({year, month, day});
}

Weekday weekday(Date date) {
    // 1970-01-01 was a Thursday, three days after a Monday.
    return static_cast<Weekday>(floor_modulo(std::int64_t{date.days} + 3, kDaysPerWeek) + 1);
}

Date start_of_iso_week(Date date) {
    return {date.days - static_cast<std::int32_t>(weekday(date)) + 1};
}

Date start_of_month(Date date) {
    return {date.days - civil(date).day + 1};
}

Date start_of_year(Date date) {
    return date_from_civil({civil(date).year, 1, 1});
}

std::optional<Date> add_days(Date date, std::int64_t days) {
    const auto sum = checked_add(date.days, days);
    if (!sum || *sum < kFirstDate.days || *sum > kLastDate.days)
        return std::nullopt;
    return Date{static_cast<std::int32_t>(*sum)};
}

std::optional<Date> add_months(Date date, std::int64_t months) {
    constexpr std::int64_t kMostMonths = 12 * 10'000;
    if (months < -kMostMonths || months > kMostMonths)
        return std::nullopt;
    const CivilDate from = civil(date);
    const std::int64_t index = from.year * std::int64_t{12} + (from.month - 1) + months;
    const auto year = static_cast<std::int32_t>(floor_divide(index, 12));
    const auto month = static_cast<std::int32_t>(floor_modulo(index, 12) + 1);
    if (year < 1 || year > 9999)
        return std::nullopt;
    return date_from_civil({year, month, std::min(from.day, days_in_month(year, month))});
}

std::optional<Time> add_duration(Time time, std::int64_t microseconds) {
    const auto sum = checked_add(time.microseconds, microseconds);
    if (!sum || !in_calendar(Time{*sum}))
        return std::nullopt;
    return Time{*sum};
}

Date date_of(LocalTime time) {
    return {static_cast<std::int32_t>(floor_divide(time.microseconds, kMicrosecondsPerDay))};
}

Date utc_date_of(Time time) {
    return date_of(LocalTime{time.microseconds});
}

} // namespace rulebook
