#include "runtime/time/zone.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "runtime/value/calendar_text.hpp"

namespace rulebook::time {
namespace {

Time at(std::string_view text) {
    return *read_time(text)->instant();
}
LocalTime on_the_wall(std::string_view text) {
    return read_time(text)->local;
}
Date date(std::string_view text) {
    return *read_date(text);
}

std::string shown(Time time) {
    std::string out;
    append_time(out, time);
    return out;
}
std::string shown(LocalTime time) {
    std::string out;
    append_local_time(out, time);
    return out;
}

const Zone& zone(std::string_view name) {
    const Zone* found = find_zone(name);
    EXPECT_NE(found, nullptr) << name;
    return found == nullptr ? utc() : *found;
}

TEST(Zone, NamesAreSortedUniqueAndFound) {
    const auto all = zones();
    EXPECT_GT(all.size(), 500U);
    for (const Zone& each : all)
        EXPECT_EQ(find_zone(each.name), &each);
    EXPECT_TRUE(std::ranges::is_sorted(all, {}, &Zone::name));
    EXPECT_EQ(std::ranges::adjacent_find(all, {}, &Zone::name), all.end());
    EXPECT_EQ(find_zone("Europe/Atlantis"), nullptr);
    EXPECT_EQ(find_zone(""), nullptr);
    EXPECT_EQ(find_zone("europe/berlin"), nullptr);
    EXPECT_EQ(utc().name, "UTC");
    EXPECT_EQ(zone_data_version().substr(0, 2), "20");
}

TEST(Zone, OffsetsChangeAtTheInstant) {
    const Zone& new_york = zone("America/New_York");
    EXPECT_EQ(offset_at(new_york, at("2026-03-08T06:59:59.999999Z")), -5 * 3600);
    EXPECT_EQ(offset_at(new_york, at("2026-03-08T07:00:00Z")), -4 * 3600);
    EXPECT_EQ(shown(*next_offset_change(new_york, at("2026-03-08T07:00:00Z"))),
              "2026-11-01T06:00:00Z");
    EXPECT_EQ(shown(*next_offset_change(new_york, at("2026-03-08T06:59:59.999999Z"))),
              "2026-03-08T07:00:00Z");
    EXPECT_EQ(offset_at(zone("Asia/Kolkata"), at("2026-03-08T07:00:00Z")), 19'800);
    EXPECT_EQ(next_offset_change(utc(), at("2026-01-01T00:00:00Z")), std::nullopt);
    EXPECT_EQ(offset_at(zone("Europe/Berlin"), at("0001-01-01T00:00:00Z")), 3208); // mean time
}

// Worked example D3: one day of elapsed time over the change to summer time.
TEST(Zone, ElapsedTimeRunsOverChanges) {
    EXPECT_EQ(at("2026-03-07T12:00:00-05:00").microseconds + kMicrosecondsPerDay,
              at("2026-03-08T13:00:00-04:00").microseconds);
}

TEST(Zone, LocalTimesThatAreShownTwiceOrNever) {
    const Zone& new_york = zone("America/New_York");
    const auto instant = [&](std::string_view local) {
        return shown(instant_of(new_york, on_the_wall(local)));
    };
    EXPECT_EQ(instant("2026-03-08T01:59:59"), "2026-03-08T06:59:59Z");
    EXPECT_EQ(instant("2026-03-08T02:00:00"), "2026-03-08T07:00:00Z"); // skipped
    EXPECT_EQ(instant("2026-03-08T02:30:00"), "2026-03-08T07:00:00Z"); // skipped
    EXPECT_EQ(instant("2026-03-08T03:00:00"), "2026-03-08T07:00:00Z");
    EXPECT_EQ(instant("2026-03-08T03:00:00.000001"), "2026-03-08T07:00:00.000001Z");
    EXPECT_EQ(instant("2026-11-01T01:30:00"), "2026-11-01T05:30:00Z"); // the earlier of two
    EXPECT_EQ(instant("2026-11-01T02:00:00"), "2026-11-01T07:00:00Z");
}

TEST(Zone, DaysStartWhereMidnightDoesNotExist) {
    // Brazil's clocks went from 23:59:59 to 01:00:00.
    EXPECT_EQ(shown(start_of_day(zone("America/Sao_Paulo"), date("2018-11-04"))),
              "2018-11-04T03:00:00Z");
    // Samoa had no 2011-12-30.
    const Zone& samoa = zone("Pacific/Apia");
    EXPECT_EQ(shown(start_of_day(samoa, date("2011-12-29"))), "2011-12-29T10:00:00Z");
    EXPECT_EQ(shown(start_of_day(samoa, date("2011-12-30"))), "2011-12-30T10:00:00Z");
    EXPECT_EQ(shown(start_of_day(samoa, date("2011-12-31"))), "2011-12-30T10:00:00Z");
    EXPECT_EQ(date_of(samoa, at("2011-12-30T10:00:00Z")), date("2011-12-31"));
    // Cuba's clocks go back from 01:00 to 00:00: the day starts with the first midnight.
    EXPECT_EQ(shown(start_of_day(zone("America/Havana"), date("2025-11-02"))),
              "2025-11-02T04:00:00Z");
    // Newfoundland's clocks went back from 00:01 to 23:01 of the day before in 2006.
    EXPECT_EQ(shown(start_of_day(zone("America/St_Johns"), date("2006-10-29"))),
              "2006-10-29T02:30:00Z");
}

TEST(Zone, DaysEndWithTheirLastMicrosecond) {
    EXPECT_EQ(shown(end_of_day(zone("America/New_York"), date("2026-03-08"))),
              "2026-03-09T03:59:59.999999Z");
    EXPECT_EQ(shown(end_of_day(utc(), date("9999-12-31"))), "9999-12-31T23:59:59.999999Z");
}

TEST(Zone, TheLastRulesGoOn) {
    const Zone& berlin = zone("Europe/Berlin");
    EXPECT_EQ(offset_at(berlin, at("2437-07-01T00:00:00Z")), 7200);
    EXPECT_EQ(offset_at(berlin, at("9999-07-01T00:00:00Z")), 7200);
    EXPECT_EQ(offset_at(berlin, at("9999-12-31T23:00:00Z")), 3600);
    EXPECT_EQ(shown(local_time(zone("Asia/Tokyo"), at("9999-12-31T23:00:00Z"))),
              "10000-01-01T08:00:00");
}

// The Gregorian calendar repeats every 400 years, so rules that repeat every year do as well.
RC_GTEST_PROP(Zone, FarYearsAreLikeThose400YearsBefore, ()) {
    const auto all = zones();
    const Zone& each = all[*rc::gen::inRange<std::size_t>(0, all.size())];
    const auto first = at("2090-01-01T00:00:00Z").microseconds;
    const Time time{*rc::gen::inRange(first, at("9599-01-01T00:00:00Z").microseconds)};
    constexpr std::int64_t kFourHundredYears = 146'097 * kMicrosecondsPerDay;
    RC_ASSERT(offset_at(each, time) ==
              offset_at(each, Time{time.microseconds + kFourHundredYears}));
}

RC_GTEST_PROP(Zone, InstantOfIsTheEarliestThatReachesTheLocalTime, ()) {
    const auto all = zones();
    const Zone& each = all[*rc::gen::inRange<std::size_t>(0, all.size())];
    const Time near{*rc::gen::inRange(kFirstTime.microseconds, kLastTime.microseconds)};
    // Close to a change of the clocks, if there is one.
    const Time change = next_offset_change(each, near).value_or(near);
    const std::int64_t shift = *rc::gen::inRange<std::int64_t>(-7'200, 7'200);
    const LocalTime local{local_time(each, change).microseconds + shift * kMicrosecondsPerSecond};
    const Time found = instant_of(each, local);
    RC_ASSERT(local_time(each, found) >= local);
    RC_ASSERT(local_time(each, Time{found.microseconds - 1}) < local);
    const Date day = rulebook::date_of(local);
    const Time start = start_of_day(each, day);
    RC_ASSERT(date_of(each, start) >= day);
    RC_ASSERT(date_of(each, Time{start.microseconds - 1}) < day);
}

RC_GTEST_PROP(Zone, ChangesAreWhereOffsetsDiffer, ()) {
    const auto all = zones();
    const Zone& each = all[*rc::gen::inRange<std::size_t>(0, all.size())];
    const Time time{*rc::gen::inRange(kFirstTime.microseconds, kLastTime.microseconds)};
    const auto change = next_offset_change(each, time);
    if (!change)
        return;
    RC_ASSERT(*change > time);
    RC_ASSERT(offset_at(each, time) == offset_at(each, Time{change->microseconds - 1}));
    RC_ASSERT(offset_at(each, time) != offset_at(each, *change));
}

} // namespace
} // namespace rulebook::time
