#include "runtime/value/calendar.hpp"

#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace rulebook {
namespace {

Date date(std::int32_t year, std::int32_t month, std::int32_t day) {
    return *checked_date(year, month, day);
}

TEST(Calendar, CountsDaysFrom1970) {
    EXPECT_EQ(date(1970, 1, 1).days, 0);
    EXPECT_EQ(date(2000, 2, 29).days, 11'016);
    EXPECT_EQ(date(1, 1, 1), kFirstDate);
    EXPECT_EQ(date(9999, 12, 31), kLastDate);
}

// Every day of the calendar, one after the other.
TEST(Calendar, EveryDateFollowsTheOneBefore) {
    CivilDate expected{1, 1, 1};
    auto expected_weekday = 1; // 0001-01-01 is a Monday
    for (std::int32_t days = kFirstDate.days; days <= kLastDate.days; ++days) {
        ASSERT_EQ(civil({days}), expected);
        ASSERT_EQ(date_from_civil(expected).days, days);
        ASSERT_EQ(static_cast<int>(weekday({days})), expected_weekday);
        expected_weekday = expected_weekday % 7 + 1;
        if (++expected.day > days_in_month(expected.year, expected.month)) {
            expected.day = 1;
            if (++expected.month > 12) {
                expected.month = 1;
                ++expected.year;
            }
        }
    }
    EXPECT_EQ(expected, (CivilDate{10'000, 1, 1}));
}

TEST(Calendar, RefusesDatesThatDoNotExist) {
    EXPECT_FALSE(checked_date(2026, 2, 29));
    EXPECT_TRUE(checked_date(2024, 2, 29));
    EXPECT_FALSE(checked_date(1900, 2, 29));
    EXPECT_FALSE(checked_date(2026, 4, 31));
    EXPECT_FALSE(checked_date(2026, 13, 1));
    EXPECT_FALSE(checked_date(2026, 0, 1));
    EXPECT_FALSE(checked_date(2026, 1, 0));
    EXPECT_FALSE(checked_date(0, 1, 1));
    EXPECT_FALSE(checked_date(10'000, 1, 1));
}

TEST(Calendar, StartsOfPeriods) {
    EXPECT_EQ(start_of_iso_week(date(2026, 1, 1)), date(2025, 12, 29));
    EXPECT_EQ(start_of_iso_week(date(2026, 1, 5)), date(2026, 1, 5));
    EXPECT_EQ(start_of_month(date(2024, 2, 29)), date(2024, 2, 1));
    EXPECT_EQ(start_of_year(date(2024, 2, 29)), date(2024, 1, 1));
    EXPECT_EQ(weekday(date(2026, 7, 4)), Weekday::Saturday);
    EXPECT_EQ(weekday(date(1969, 12, 31)), Weekday::Wednesday);
}

TEST(Calendar, MonthsEndOnTheirLastDay) {
    EXPECT_EQ(add_months(date(2026, 1, 31), 1), date(2026, 2, 28));
    EXPECT_EQ(add_months(date(2024, 1, 31), 1), date(2024, 2, 29));
    EXPECT_EQ(add_months(date(2026, 3, 31), -1), date(2026, 2, 28));
    EXPECT_EQ(add_months(date(2026, 1, 15), -1), date(2025, 12, 15));
    EXPECT_EQ(add_months(date(2026, 12, 15), 13), date(2028, 1, 15));
    EXPECT_EQ(add_months(date(9999, 12, 1), 1), std::nullopt);
    EXPECT_EQ(add_months(date(1, 1, 1), -1), std::nullopt);
    EXPECT_EQ(add_months(date(1, 1, 1), std::numeric_limits<std::int64_t>::max()), std::nullopt);
}

TEST(Calendar, StaysWithinTheYears) {
    EXPECT_EQ(add_days(kLastDate, 1), std::nullopt);
    EXPECT_EQ(add_days(kFirstDate, -1), std::nullopt);
    EXPECT_EQ(add_days(kFirstDate, std::numeric_limits<std::int64_t>::min()), std::nullopt);
    EXPECT_EQ(add_days(date(2024, 2, 28), 2), date(2024, 3, 1));
    EXPECT_EQ(add_duration(kLastTime, 1), std::nullopt);
    EXPECT_EQ(add_duration(kLastTime, std::numeric_limits<std::int64_t>::max()), std::nullopt);
    EXPECT_EQ(add_duration(kFirstTime, 1), (Time{kFirstTime.microseconds + 1}));
    EXPECT_EQ(utc_date_of(kLastTime), kLastDate);
    EXPECT_EQ(utc_date_of(kFirstTime), kFirstDate);
    EXPECT_EQ(utc_date_of(Time{-1}), date(1969, 12, 31));
}

RC_GTEST_PROP(Calendar, AddingMonthsMovesTheMonthByThatMany, ()) {
    const Date from{*rc::gen::inRange(kFirstDate.days, kLastDate.days + 1)};
    const auto months = *rc::gen::inRange(-500, 501);
    const auto to = add_months(from, months);
    const CivilDate a = civil(from);
    const std::int32_t index = a.year * 12 + a.month - 1 + months;
    RC_ASSERT(to.has_value() == (index >= 12 && index < 120'000));
    if (to) {
        const CivilDate b = civil(*to);
        RC_ASSERT(b.year * 12 + b.month - 1 == index);
        RC_ASSERT(b.day == std::min(a.day, days_in_month(b.year, b.month)));
    }
}

} // namespace
} // namespace rulebook
