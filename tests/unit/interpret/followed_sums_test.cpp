// Sums that are carried on from instant to instant give what adding everything anew gives.
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "runtime/interpret/ends.hpp"
#include "runtime/interpret/halving_sum.hpp"
#include "runtime/interpret/number_sum.hpp"
#include "runtime/value/halving.hpp"
#include "tests/generator/randomness.hpp"
#include "tests/unit/interpret/small_plan.hpp"

namespace rulebook::interpret {
namespace {

using testing::kDay;
using testing::kHour;

double number(generator::Randomness& random, bool rounds) {
    const auto whole = static_cast<double>(random.between(-1000, 1000));
    return rounds ? whole / 3 : whole / 8;
}

TEST(NumberSum, IsTheSumInTheOrderOfThePlaces) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        generator::Randomness random(seed);
        NumberSum sum;
        std::map<std::uint64_t, double> numbers;
        for (std::uint64_t place = 0; place < 60; ++place) {
            const std::uint64_t at = (place * 37) % 60; // in no order
            numbers[at] = number(random, seed % 2 == 0 && random.one_in(4));
            sum.add(at, numbers[at], false);
            if (random.one_in(3)) {
                sum.remove(numbers.begin()->first);
                numbers.erase(numbers.begin());
            }
            double anew = 0.0;
            for (const auto& [each, added] : numbers)
                anew += added;
            ASSERT_EQ(sum.sum(), anew) << "seed " << seed;
            ASSERT_EQ(sum.count(), static_cast<std::int64_t>(numbers.size()));
        }
    }
}

TEST(NumberSum, WhatComesForGoodInOrderIsNotKept) {
    NumberSum sum;
    double anew = 0.0;
    for (std::uint64_t place = 0; place < 100; ++place) {
        sum.add(place, static_cast<double>(place) / 3, true);
        anew += static_cast<double>(place) / 3;
        ASSERT_EQ(sum.sum(), anew);
    }
    EXPECT_EQ(sum.kept(), 0U);
}

TEST(NumberSum, WhatCannotBeHeldExactlyIsAddedAnew) {
    NumberSum sum;
    for (std::uint64_t place = 0; place < 4; ++place)
        sum.add(place, place == 1 ? 1.0 : 0x1p53, false);
    EXPECT_EQ(sum.sum(), ((0x1p53 + 1.0) + 0x1p53) + 0x1p53);
    NumberSum beyond;
    beyond.add(0, 1e300, false);
    beyond.add(1, 1.0, false);
    beyond.remove(0);
    EXPECT_EQ(beyond.sum(), 1.0);
}

TEST(Ends, AreThoseOfWhatIsThere) {
    Ends<int> ends;
    EXPECT_EQ(ends.least(), std::nullopt);
    ends.add(3);
    ends.add(3);
    ends.add_for_good(5);
    ends.add(7);
    EXPECT_EQ(ends.least(), 3);
    EXPECT_EQ(ends.greatest(), 7);
    ends.remove(7);
    ends.remove(3);
    EXPECT_EQ(ends.least(), 3);
    EXPECT_EQ(ends.greatest(), 5);
    ends.remove(3);
    EXPECT_EQ(ends.least(), 5);
    EXPECT_EQ(ends.kept(), 0U);
}

// The points as section 5 of the language has them: each weight rounded by itself, the sum once.
std::int64_t exact_points(const std::multimap<std::int64_t, bool>& times, std::int64_t points,
                          std::int64_t instant, std::int64_t half_life) {
    Int128 weights = 0;
    for (const auto& [time, unused] : times)
        weights += halving_weight(static_cast<std::uint64_t>(instant - time),
                                  static_cast<std::uint64_t>(half_life));
    return narrow(divide_half_even(weights * points, kWholeHalvingWeight)).value();
}

TEST(HalvingSum, IsRightOrSaysThatItIsNotCertain) {
    std::uint64_t certain = 0;
    std::uint64_t asked = 0;
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        generator::Randomness random(seed);
        const std::int64_t half_life = random.between(1, 400) * kHour;
        const std::int64_t points = random.between(-900, 900);
        // Some histories go on for thousands of half-lives.
        const std::int64_t longest = random.one_in(5) ? 900 * half_life : 3 * half_life;
        HalvingSum sum(half_life);
        std::multimap<std::int64_t, bool> times;
        std::int64_t instant = -62'000'000'000 * testing::kSecond; // the year 5
        for (int i = 0; i < 80; ++i) {
            instant += random.between(0, longest / kHour) * kHour;
            if (!times.empty() && random.one_in(4)) {
                sum.remove({.value = plan::Value::of(times.begin()->first)});
                times.erase(times.begin());
            }
            times.emplace(instant, true);
            sum.add({.value = plan::Value::of(instant)}, false);
            const std::int64_t later = instant + random.between(0, 50) * kHour;
            const auto given = sum.points(points, later);
            ++asked;
            certain += given ? 1 : 0;
            if (given)
                ASSERT_EQ(*given, exact_points(times, points, later, half_life)) << "seed " << seed;
        }
    }
    EXPECT_GT(certain, asked / 10 * 9);
}

// 25 hundredths halved are twelve and a half: no error is small enough.
TEST(HalvingSum, IsNotCertainOfAHalf) {
    HalvingSum sum(kDay);
    sum.add({.value = plan::Value::of(std::int64_t{0})}, true);
    EXPECT_EQ(sum.points(25, 0), 25);
    EXPECT_EQ(sum.points(25, kDay), std::nullopt);
    EXPECT_EQ(sum.points(25, kDay + kHour), 12);
}

} // namespace
} // namespace rulebook::interpret
