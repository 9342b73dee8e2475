#include "runtime/trigger/pattern_machine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/value/calendar_text.hpp"
#include "tests/unit/trigger/patterns.hpp"

namespace rulebook::trigger {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint32_t kA = 0;
constexpr std::uint32_t kB = 1;
constexpr std::uint32_t kC = 2;

// Days of March 2026.
std::int64_t march(std::int64_t day) {
    return (date_from_civil({2026, 3, 1}).days + day - 1) * kDay;
}

std::int64_t instant(const char* text) {
    return read_time(text)->instant()->microseconds;
}

std::vector<std::int64_t> instants(const std::vector<Found>& found) {
    std::vector<std::int64_t> all;
    for (const Found& each : found)
        all.push_back(each.instant);
    return all;
}

const Patterns kThenWithin = within(then(signal(kA), signal(kB)), 2 * kDay);

TEST(Pattern, TheLatestStartCountsAndIsConsumed) { // P1
    const auto found = candidates(
        kThenWithin, {at(march(1), kA), at(march(2), kA), at(march(3), kB), at(march(4), kB)});
    EXPECT_THAT(found, ElementsAre(Found{march(3), march(2), 2}));
}

TEST(Pattern, WithinIsInclusive) { // P2
    EXPECT_THAT(candidates(kThenWithin, {at(march(1), kA), at(march(3), kB)}),
                ElementsAre(Found{march(3), march(1), 1}));
    EXPECT_THAT(candidates(kThenWithin, {at(march(1), kA), at(march(3) + 1, kB)}), IsEmpty());
}

TEST(Pattern, SimultaneousEventsAreNotOneAfterTheOther) { // P3
    const auto one_after_other = then(signal(kA), signal(kB));
    const auto in_any_order = both(signal(kA), signal(kB));
    const std::vector simultaneous{at(march(1), kA), at(march(1), kB)};
    EXPECT_THAT(candidates(one_after_other, simultaneous), IsEmpty());
    EXPECT_THAT(instants(candidates(in_any_order, simultaneous)), ElementsAre(march(1)));
    const std::vector ordered{at(march(1), kA, 1), at(march(1), kB, 2)};
    EXPECT_THAT(instants(candidates(one_after_other, ordered)), ElementsAre(march(1)));
    EXPECT_THAT(instants(candidates(in_any_order, ordered)), ElementsAre(march(1)));
}

TEST(Pattern, SequenceOrdersOneCollectionOnly) {
    const auto pattern = then(signal(kA), signal(kB));
    const std::vector against{at(march(1), kB, 1), at(march(1), kA, 2)};
    EXPECT_THAT(candidates(pattern, against), IsEmpty());
    std::vector two{at(march(1), kA, 1), at(march(1), kB, 2)};
    two[1].collection = 2;
    EXPECT_THAT(candidates(pattern, two), IsEmpty());
    two[1].time = march(2);
    EXPECT_THAT(instants(candidates(pattern, two)), ElementsAre(march(2)));
}

TEST(Pattern, BothConnectedInEitherOrder) {
    const auto pattern = within(both(signal(kA), signal(kB)), 14 * kDay);
    EXPECT_THAT(candidates(pattern, {at(march(1), kA), at(march(5), kB)}),
                ElementsAre(Found{march(5), march(1), 1}));
    EXPECT_THAT(candidates(pattern, {at(march(1), kB), at(march(5), kA)}),
                ElementsAre(Found{march(5), march(1), 1}));
    EXPECT_THAT(candidates(pattern, {at(march(1), kA), at(march(5), kA)}), IsEmpty());
}

TEST(Pattern, OneEventMayBeBothSignals) {
    TimedEvent event = at(march(1), kA);
    event.signals = {kA, kB};
    EXPECT_THAT(instants(candidates(both(signal(kA), signal(kB)), {event})), ElementsAre(march(1)));
    EXPECT_THAT(candidates(then(signal(kA), signal(kB)), {event}), IsEmpty());
}

TEST(Pattern, OrOfThens) {
    const auto pattern = either(then(signal(kA), signal(kB)), signal(kC));
    EXPECT_THAT(
        instants(candidates(pattern, {at(march(1), kA), at(march(2), kC), at(march(3), kB)})),
        ElementsAre(march(2)));
    EXPECT_THAT(instants(candidates(pattern, {at(march(1), kA), at(march(2), kC), at(march(3), kB)},
                                    false)),
                ElementsAre(march(2), march(3)));
}

TEST(Pattern, ThenOnTheRightRemembersWhatCameBeforeItsStart) {
    // C, then (A and B within 1 day): the C must precede both.
    const auto pattern = then(signal(kC), within(both(signal(kA), signal(kB)), kDay));
    EXPECT_THAT(candidates(pattern, {at(march(1), kA), at(march(1) + 1, kC), at(march(2), kB)}),
                IsEmpty());
    EXPECT_THAT(candidates(pattern, {at(march(1), kC), at(march(3), kA), at(march(4), kB)}),
                ElementsAre(Found{march(4), march(1), 2}));
}

TEST(Pattern, ThreeInARow) {
    const auto pattern = join(plan::Pattern::Kind::Then, {signal(kA), signal(kB), signal(kC)});
    EXPECT_THAT(candidates(pattern, {at(march(1), kA), at(march(2), kB), at(march(3), kA),
                                     at(march(4), kC)}),
                ElementsAre(Found{march(4), march(1), 3}));
}

TEST(Pattern, CalendarDaysCountDatesOfTheZone) {
    const auto pattern = within_calendar(then(signal(kA), signal(kB)), plan::CalendarUnit::Day, 7);
    const auto& zone = *time::find_zone("America/New_York");
    const auto start = instant("2026-03-02T04:30:00Z"); // March 1 there
    EXPECT_THAT(instants(candidates(
                    pattern, {at(start, kA), at(instant("2026-03-08T04:59:59Z"), kB)}, true, zone)),
                ElementsAre(instant("2026-03-08T04:59:59Z")));
    EXPECT_THAT(
        candidates(pattern, {at(start, kA), at(instant("2026-03-08T05:01:00Z"), kB)}, true, zone),
        IsEmpty());
}

TEST(Pattern, IsoWeeksAndMonths) {
    const auto pair = then(signal(kA), signal(kB));
    const auto week = within_calendar(pair, plan::CalendarUnit::IsoWeek, 1);
    EXPECT_THAT(candidates(week, {at(march(1), kA), at(march(2), kB)}),
                IsEmpty()); // Sunday, Monday
    EXPECT_EQ(candidates(week, {at(march(2), kA), at(march(8), kB)}).size(), 1U);
    const auto weeks = within_calendar(pair, plan::CalendarUnit::IsoWeek, 2);
    EXPECT_EQ(candidates(weeks, {at(march(2), kA), at(march(15), kB)}).size(), 1U);
    EXPECT_THAT(candidates(weeks, {at(march(1), kA), at(march(9), kB)}), IsEmpty());
    const auto month = within_calendar(pair, plan::CalendarUnit::Month, 1);
    EXPECT_THAT(candidates(month, {at(march(1), kA), at(march(32), kB)}), IsEmpty()); // April 1
    EXPECT_EQ(candidates(month, {at(march(2), kA), at(march(32), kB)}).size(), 1U);
}

} // namespace
} // namespace rulebook::trigger
