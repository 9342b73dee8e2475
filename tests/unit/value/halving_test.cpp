#include "runtime/value/halving.hpp"

#include <algorithm>
#include <limits>
#include <random>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "runtime/value/halving_weights.hpp"

namespace rulebook {
namespace {

constexpr std::uint64_t kDay = 86'400'000'000;

TEST(Halving, WholePowersAreExact) {
    EXPECT_EQ(halving_weight(0, kDay), kWholeHalvingWeight);
    EXPECT_EQ(halving_weight(kDay, kDay), kWholeHalvingWeight / 2);
    EXPECT_EQ(halving_weight(62 * kDay, kDay), 1U);
    EXPECT_EQ(halving_weight(63 * kDay, kDay), 0U) << "half a unit goes to the even 0";
    EXPECT_EQ(halving_weight(63 * kDay - 1, kDay), 1U) << "a little more than half a unit";
    EXPECT_EQ(halving_weight(std::numeric_limits<std::uint64_t>::max(), 1), 0U);
}

TEST(Halving, IsTheRoundedRootOfAHalf) {
    // floor(2^62 / sqrt 2) = 3260954456333195553.05…
    EXPECT_EQ(halving_weight(1, 2), 3'260'954'456'333'195'553U);
}

// 2^-(numerator/half_life + halvings) with 600 bits, by another library's exponential.
std::uint64_t reference(std::uint64_t age, std::uint64_t half_life) {
    using boost::multiprecision::cpp_bin_float;
    using Real = boost::multiprecision::number<
        cpp_bin_float<600, boost::multiprecision::digit_base_2, void, std::int64_t>>;
    const Real exponent = Real(kHalvingBits) - Real(age) / Real(half_life);
    const Real scaled = boost::multiprecision::pow(Real(2), exponent);
    return static_cast<std::uint64_t>(boost::multiprecision::floor(scaled + Real(0.5)));
}

RC_GTEST_PROP(Halving, IsCorrectlyRounded, ()) {
    const auto bits = *rc::gen::inRange(1, 63);
    const auto half_life =
        (std::uint64_t{1} << bits) + (*rc::gen::arbitrary<std::uint64_t>() >> (64 - bits));
    const auto numerator = *rc::gen::inRange<std::uint64_t>(1, half_life);
    const auto most = (std::numeric_limits<std::uint64_t>::max() - numerator) / half_life;
    const auto halvings =
        *rc::gen::inRange<std::uint64_t>(0, std::min<std::uint64_t>(most + 1, 63));
    const std::uint64_t age = halvings * half_life + numerator;
    const std::uint64_t expected = reference(age, half_life);
    RC_ASSERT(halving_weight(age, half_life) == expected);
    RC_ASSERT(halving::in_126_bits(halvings, numerator, half_life) == expected);
    RC_ASSERT(halving::in_growing_precision(halvings, numerator, half_life) == expected);
    RC_ASSERT(HalvingWeights(half_life)(age) == expected);
}

TEST(HalvingWeights, GiveWhatIsGivenOneByOne) {
    std::mt19937_64 random(1);
    for (std::uint64_t half_life :
         {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3}, std::uint64_t{999'983}, kDay,
          7 * kDay, 365 * kDay, (std::uint64_t{1} << 47) - 1, std::uint64_t{1} << 47,
          std::numeric_limits<std::uint64_t>::max()}) {
        const HalvingWeights weights(half_life);
        for (int i = 0; i < 20'000; ++i) {
            const std::uint64_t halvings = random() % 65;
            const std::uint64_t near = random() % 3 == 0 ? half_life - random() % 2 : random();
            const std::uint64_t age = halvings * half_life + near % half_life; // may wrap
            ASSERT_EQ(weights(age), halving_weight(age, half_life)) << age << " of " << half_life;
        }
    }
}

RC_GTEST_PROP(Halving, NeverGrowsWithAge, (std::uint32_t age)) {
    RC_ASSERT(halving_weight(age, kDay) >= halving_weight(std::uint64_t{age} + 1, kDay));
}

} // namespace
} // namespace rulebook
