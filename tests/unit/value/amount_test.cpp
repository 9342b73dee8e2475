#include "runtime/value/amount.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/value/amounts.hpp"
#include "tests/unit/value/exact_reference.hpp"

namespace rulebook {
namespace {

using reference::Integer;
using reference::Rational;

TEST(Amount, MoneyTimesPercentIsExactThenRoundedOnce) {
    EXPECT_EQ(money_times_percent(10'000, 125'000), 1'250); // $100 × 12.5%
    EXPECT_EQ(money_times_percent(1, 500'000), 0);          // half a cent, to even
    EXPECT_EQ(money_times_percent(3, 500'000), 2);
    EXPECT_EQ(money_times_percent(-3, 500'000), -2);
    EXPECT_EQ(money_times_percent(std::numeric_limits<std::int64_t>::max(), 2'000'000),
              std::nullopt);
    EXPECT_EQ(percent_times_percent(500'000, 500'000), 250'000);
    EXPECT_EQ(percent_times_percent(1, 500'000), 0);
}

TEST(Amount, MoneyTimesNumberKeepsToExactIntegers) {
    EXPECT_EQ(money_times_number(1'000, 0.1), 100);
    EXPECT_EQ(money_times_number(5, 0.5), 2);
    EXPECT_EQ(money_times_number((std::int64_t{1} << 53) + 1, 1.0), std::nullopt);
    EXPECT_EQ(money_times_number(std::int64_t{1} << 53, 1.0), std::int64_t{1} << 53);
    EXPECT_EQ(money_times_number(std::int64_t{1} << 53, 1.5), std::nullopt);
    EXPECT_EQ(money_times_number(1, std::numeric_limits<double>::quiet_NaN()), std::nullopt);
    EXPECT_EQ(money_divided_by_number(1'000, 3.0), 333);
    EXPECT_EQ(money_divided_by_number(1'000, 0.0), std::nullopt);
    EXPECT_EQ(money_divided_by_number(0, 0.0), std::nullopt);
}

TEST(Amount, PercentAsNumberReadsAsWritten) {
    EXPECT_EQ(number_from_percent(125'000), 0.125);
    EXPECT_EQ(number_from_percent(100'000), 0.1);
    EXPECT_EQ(number_times_percent(3.0, 100'000), 0.3);
    EXPECT_EQ(number_from_percent((std::int64_t{1} << 53) + 1), std::nullopt);
    EXPECT_EQ(number_times_percent(1e308, 100'000'000'000), std::nullopt);
}

TEST(Amount, SharesAndChanges) {
    EXPECT_EQ(share(std::int64_t{1}, std::int64_t{3}), 333'333);
    EXPECT_EQ(share(std::int64_t{2}, std::int64_t{3}), 666'667);
    EXPECT_EQ(share(std::int64_t{1}, std::int64_t{0}), std::nullopt);
    EXPECT_EQ(share(1.0, 3.0), 333'333);
    EXPECT_EQ(share(1.0, 0.0), std::nullopt);
    EXPECT_EQ(relative_change(std::int64_t{150}, std::int64_t{100}), 500'000);
    EXPECT_EQ(relative_change(std::int64_t{50}, std::int64_t{-100}), -1'500'000);
    EXPECT_EQ(relative_change(std::int64_t{5}, std::int64_t{0}), std::nullopt);
    EXPECT_EQ(relative_change(1.5, 1.0), 500'000);
    EXPECT_EQ(percent_from_number(0.0000005), 0); // the double is just below a half
    EXPECT_EQ(percent_from_number(1e13), std::nullopt);
    EXPECT_EQ(percent_from_number(1e300), std::nullopt);
    EXPECT_EQ(percent_from_number(-1e-300), 0);
    EXPECT_EQ(percent_from_number(std::numeric_limits<double>::infinity()), std::nullopt);
}

RC_GTEST_PROP(Amount, ProductsAreExactThenRoundedOnce, ()) {
    const auto a = *generate::integer();
    const auto b = *generate::integer();
    const auto expected = reference::narrow(
        reference::nearest_half_even(reference::fraction(Integer(a) * b, 1'000'000)));
    RC_ASSERT(money_times_percent(a, b) == expected);
    RC_ASSERT(percent_times_percent(a, b) == expected);
}

RC_GTEST_PROP(Amount, SharesAreTheNearestMillionth, ()) {
    const auto a = *generate::integer();
    const auto b = *rc::gen::suchThat(generate::integer(), [](auto d) { return d != 0; });
    RC_ASSERT(share(a, b) == reference::narrow(reference::nearest_half_even(
                                 reference::fraction(Integer(a) * 1'000'000, b))));
    RC_ASSERT(relative_change(a, b) == reference::narrow(reference::nearest_half_even(
                                           reference::fraction((Integer(a) - b) * 1'000'000, b))));
}

RC_GTEST_PROP(Amount, PercentFromNumberIsTheNearestMillionthOfTheExactValue, ()) {
    const auto mantissa = *generate::integer();
    const auto exponent = *rc::gen::inRange(-150, 5);
    const double value = std::ldexp(static_cast<double>(mantissa), exponent);
    RC_ASSERT(percent_from_number(value) ==
              reference::narrow(reference::nearest_half_even(Rational(value) * 1'000'000)));
}

RC_GTEST_PROP(Amount, MoneyTimesNumberIsOneRoundedOperation, ()) {
    const auto money = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000);
    const double factor =
        std::ldexp(static_cast<double>(*generate::integer()), *rc::gen::inRange(-80, 0));
    const double product = static_cast<double>(money) * factor;
    const auto result = money_times_number(money, factor);
    if (std::fabs(product) > 9007199254740992.0)
        RC_ASSERT(!result);
    else
        RC_ASSERT(result == reference::narrow(reference::nearest_half_even(Rational(product))));
}

} // namespace
} // namespace rulebook
