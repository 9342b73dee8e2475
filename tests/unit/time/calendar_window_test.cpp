#include "runtime/time/calendar_window.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "runtime/value/calendar_text.hpp"

namespace rulebook::time {
namespace {

Time at(std::string_view text) {
    return *read_time(text)->instant();
}

std::string shown(std::optional<Time> time) {
    std::string out;
    if (time)
        append_time(out, *time);
    return out;
}

const Zone& new_york() {
    return *find_zone("America/New_York");
}

TEST(CalendarWindow, CountsDatesNotHours) {
    // 23:30 on March 10 in New York; the 3 dates are 8, 9, 10, and March 8 has 23 hours.
    const Time end = at("2026-03-11T03:30:00Z");
    EXPECT_EQ(shown(start_of_calendar_days(new_york(), end, 3)), "2026-03-08T05:00:00Z");
    EXPECT_EQ(shown(start_of_calendar_days(new_york(), end, 2)), "2026-03-09T04:00:00Z");
    EXPECT_EQ(shown(start_of_calendar_days(new_york(), end, 1)), "2026-03-10T04:00:00Z");
    EXPECT_EQ(shown(start_of_calendar_weeks(new_york(), end, 1)), "2026-03-04T05:00:00Z");
}

// Worked example P7: three dates within 7 calendar days.
TEST(CalendarWindow, SevenCalendarDaysInNewYork) {
    const auto first_date = [](std::string_view end) {
        return date_of(new_york(), start_of_calendar_days(new_york(), at(end), 7));
    };
    EXPECT_EQ(first_date("2026-03-08T03:59:00Z"), *read_date("2026-03-01"));
    EXPECT_EQ(first_date("2026-03-08T05:01:00Z"), *read_date("2026-03-02"));
}

TEST(CalendarWindow, MonthsStartTheDayAfterTheSameDay) {
    const auto start = [](std::string_view end, std::int64_t months) {
        return shown(start_of_calendar_months(utc(), at(end), months));
    };
    EXPECT_EQ(start("2026-05-15T12:00:00Z", 3), "2026-02-16T00:00:00Z");
    EXPECT_EQ(start("2026-05-31T12:00:00Z", 3), "2026-03-01T00:00:00Z"); // after February 28
    EXPECT_EQ(start("2026-03-31T12:00:00Z", 1), "2026-03-01T00:00:00Z");
    EXPECT_EQ(start("2024-03-31T12:00:00Z", 1), "2024-03-01T00:00:00Z"); // after February 29
    EXPECT_EQ(start("2026-01-10T12:00:00Z", 12), "2025-01-11T00:00:00Z");
    EXPECT_EQ(start("2026-01-10T12:00:00Z", 100'000), "0001-01-01T00:00:00Z");
}

TEST(CalendarWindow, WeeksStartOnMonday) {
    EXPECT_EQ(shown(start_of_iso_week(new_york(), at("2026-03-08T12:00:00Z"))), // a Sunday
              "2026-03-02T05:00:00Z");
    EXPECT_EQ(shown(start_of_iso_week(new_york(), at("2026-03-09T03:59:59Z"))), // still Sunday
              "2026-03-02T05:00:00Z");
    EXPECT_EQ(shown(start_of_iso_week(new_york(), at("2026-03-09T04:00:00Z"))),
              "2026-03-09T04:00:00Z");
    EXPECT_EQ(shown(start_of_month(new_york(), at("2026-04-01T03:00:00Z"))),
              "2026-03-01T05:00:00Z");
    EXPECT_EQ(shown(start_of_year(new_york(), at("2026-01-01T04:59:59Z"))), "2025-01-01T05:00:00Z");
}

TEST(CalendarWindow, WaitsEndAtTheStartOfADay) {
    EXPECT_EQ(shown(start_of_day_after(new_york(), at("2026-03-07T12:00:00-05:00"), 2)),
              "2026-03-09T04:00:00Z");
    EXPECT_EQ(shown(start_of_day_after(utc(), at("9999-12-31T12:00:00Z"), 1)), "");
}

TEST(CalendarWindow, StaysWithinTheCalendar) {
    EXPECT_EQ(shown(start_of_calendar_days(utc(), kFirstTime, 1'000'000'000'000)),
              "0001-01-01T00:00:00Z");
    EXPECT_EQ(shown(start_of_calendar_weeks(utc(), kFirstTime, INT64_MAX)), "0001-01-01T00:00:00Z");
    EXPECT_EQ(shown(start_of_iso_week(utc(), kFirstTime)), "0001-01-01T00:00:00Z");
}

RC_GTEST_PROP(CalendarWindow, NeighbouringWindowsMeet, ()) {
    const auto all = zones();
    const Zone& zone = all[*rc::gen::inRange<std::size_t>(0, all.size())];
    const Time end{*rc::gen::inRange(at("1900-01-01T00:00:00Z").microseconds,
                                     at("2100-01-01T00:00:00Z").microseconds)};
    const auto days = *rc::gen::inRange<std::int64_t>(1, 400);
    const Time start = start_of_calendar_days(zone, end, days);
    RC_ASSERT(start <= end);
    RC_ASSERT(date_of(zone, end).days - date_of(zone, start).days <= days - 1);
    RC_ASSERT(date_of(zone, end).days - date_of(zone, Time{start.microseconds - 1}).days >= days);
    const auto months = *rc::gen::inRange<std::int64_t>(1, 60);
    RC_ASSERT(start_of_calendar_months(zone, end, months) <= end);
}

} // namespace
} // namespace rulebook::time
