#include "runtime/value/number.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/value/amounts.hpp"
#include "tests/unit/value/exact_reference.hpp"

namespace rulebook {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Number, IsNeverNaNOrInfinite) {
    EXPECT_EQ(finite(1.5), 1.5);
    EXPECT_EQ(finite(kNaN), std::nullopt);
    EXPECT_EQ(finite(kInfinity), std::nullopt);
    EXPECT_EQ(finite(-kInfinity), std::nullopt);
}

TEST(Number, WidensOnlyWhereExact) {
    EXPECT_EQ(number_from_int(kGreatestExactInteger), 9007199254740992.0);
    EXPECT_EQ(number_from_int(kGreatestExactInteger + 1), std::nullopt);
    EXPECT_EQ(number_from_int(kGreatestExactInteger + 2), 9007199254740994.0);
    EXPECT_EQ(number_from_int(std::numeric_limits<std::int64_t>::max()), std::nullopt);
    EXPECT_EQ(number_from_int(std::numeric_limits<std::int64_t>::min()), -9223372036854775808.0);
}

TEST(Number, RoundsHalfToEven) {
    EXPECT_EQ(round_half_even(0.5), 0);
    EXPECT_EQ(round_half_even(1.5), 2);
    EXPECT_EQ(round_half_even(2.5), 2);
    EXPECT_EQ(round_half_even(-0.5), 0);
    EXPECT_EQ(round_half_even(-1.5), -2);
    EXPECT_EQ(round_half_even(0.49999999999999994), 0);
    EXPECT_EQ(round_half_even(9223372036854775808.0), std::nullopt);
    EXPECT_EQ(round_half_even(-9223372036854775808.0), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(round_half_even(kNaN), std::nullopt);
    EXPECT_EQ(floor_to_int(-1.5), -2);
    EXPECT_EQ(ceil_to_int(-1.5), -1);
    EXPECT_EQ(ceil_to_int(1e300), std::nullopt);
}

TEST(Number, RoundsToTheStepThatAReaderWrites) {
    EXPECT_EQ(round_to_step(0.35, 0.1), 0.4);
    EXPECT_EQ(round_to_step(0.25, 0.1), 0.2);
    EXPECT_EQ(round_to_step(12.344, 0.01), 12.34);
    EXPECT_EQ(round_to_step(1.0 / 3.0, 0.1), 0.3);
    EXPECT_EQ(round_to_step(7.0, 5.0), 5.0);
    EXPECT_EQ(round_to_step(2.5, 1.0), 2.0);
    EXPECT_EQ(round_to_step(1250.0, 500.0), 1000.0);
    EXPECT_EQ(round_to_step(1.0, 0.0), std::nullopt);
    EXPECT_EQ(round_to_step(1.0, -1.0), std::nullopt);
    EXPECT_EQ(round_to_step(kNaN, 1.0), std::nullopt);
}

TEST(Number, RatiosAreOneDivision) {
    EXPECT_EQ(ratio(1, 3), 1.0 / 3.0);
    EXPECT_EQ(ratio(1, 0), std::nullopt);
    EXPECT_EQ(ratio(kGreatestExactInteger + 1, 2), std::nullopt);
}

RC_GTEST_PROP(Number, RoundHalfEvenIsTheNearestInteger, ()) {
    const auto mantissa = *generate::integer();
    const auto exponent = *rc::gen::inRange(-70, 5);
    const double value = std::ldexp(static_cast<double>(mantissa), exponent);
    RC_ASSERT(round_half_even(value) ==
              reference::narrow(reference::nearest_half_even(reference::Rational(value))));
}

RC_GTEST_PROP(Number, WideningIsExactOrNothing, ()) {
    const auto value = *generate::integer();
    const auto widened = number_from_int(value);
    const bool exact = reference::Integer(static_cast<double>(value)) == reference::Integer(value);
    RC_ASSERT(widened.has_value() == exact);
}

} // namespace
} // namespace rulebook
