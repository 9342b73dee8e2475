#include "runtime/trigger/working_time.hpp"

#include <gtest/gtest.h>

#include "tests/unit/interpret/small_plan.hpp"

namespace rulebook::testing {
namespace {

constexpr std::int64_t kMinute = 60 * kMicrosecondsPerSecond;
constexpr std::int64_t kWorkingHour = 60 * kMinute;

plan::Calendar office() { // Monday to Friday, 10:00 to 18:00
    plan::Calendar calendar;
    calendar.days = 0b11111;
    calendar.hours = {{600, 1080}};
    return calendar;
}

const time::Zone& new_york() {
    return *time::find_zone("America/New_York");
}

TEST(WorkingTime, CountsWhatIsOpen) { // W1
    const auto after = [](const char* start) {
        return trigger::after_open_time(office(), time::utc(), at(start), 10 * kWorkingHour);
    };
    EXPECT_EQ(after("2026-03-04T15:00:00Z"), at("2026-03-05T17:00:00Z")); // a Wednesday
    EXPECT_EQ(after("2026-03-04T20:00:00Z"), at("2026-03-06T12:00:00Z"));
    EXPECT_EQ(after("2026-03-06T15:00:00Z"), at("2026-03-09T17:00:00Z")); // over a weekend
}

TEST(WorkingTime, LeavesHolidaysOut) {
    plan::Calendar calendar = office();
    calendar.holidays = {day("2026-03-05")};
    EXPECT_EQ(trigger::open_time(calendar, time::utc(), at("2026-03-04T17:00:00Z"),
                                 at("2026-03-06T11:00:00Z")),
              2 * kWorkingHour);
}

TEST(WorkingTime, AnHourThatIsSkippedOrShownTwiceIsCountedAsItPasses) {
    plan::Calendar always = office();
    always.days = 0b1111111;
    always.hours = {{0, 24 * 60}};
    const auto open_on = [&](const char* from, const char* until) {
        return trigger::open_time(always, new_york(), at(from), at(until));
    };
    EXPECT_EQ(open_on("2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"), 23 * kWorkingHour);
    EXPECT_EQ(open_on("2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"), 25 * kWorkingHour);
}

TEST(WorkingTime, IsWithinUpToTheLastOpenInstant) {
    const auto within = [](const char* end) {
        return trigger::is_within_open_time(office(), time::utc(), at("2026-03-04T10:00:00Z"),
                                            at(end), 8 * kWorkingHour);
    };
    EXPECT_TRUE(within("2026-03-04T18:00:00Z"));
    EXPECT_TRUE(within("2026-03-05T10:00:00Z")); // nothing was open between
    EXPECT_FALSE(within("2026-03-05T10:00:01Z"));
}

TEST(WorkingTime, WhatTheCalendarNeverReachesIsNowhere) {
    plan::Calendar hardly = office();
    hardly.days = 1;
    hardly.hours = {{540, 541}};
    EXPECT_EQ(
        trigger::after_open_time(hardly, time::utc(), at("2026-03-04"), 1'000'000 * kWorkingHour),
        std::nullopt);
    EXPECT_NE(trigger::after_open_time(hardly, time::utc(), at("2026-03-04"), 60 * kMinute),
              std::nullopt);
}

} // namespace
} // namespace rulebook::testing
