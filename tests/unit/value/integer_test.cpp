#include "runtime/value/integer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/value/amounts.hpp"
#include "tests/unit/value/exact_reference.hpp"

namespace rulebook {
namespace {

using reference::Integer;
using reference::Rational;

constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
constexpr auto kGreatest = std::numeric_limits<std::int64_t>::max();

TEST(Integer, TellsWhenItDoesNotFit) {
    EXPECT_EQ(checked_add(kGreatest, 0), kGreatest);
    EXPECT_EQ(checked_add(kGreatest, 1), std::nullopt);
    EXPECT_EQ(checked_subtract(kLeast, 1), std::nullopt);
    EXPECT_EQ(checked_multiply(kLeast, -1), std::nullopt);
    EXPECT_EQ(checked_negate(kLeast), std::nullopt);
    EXPECT_EQ(checked_absolute(kLeast), std::nullopt);
    EXPECT_EQ(checked_absolute(-7), 7);
}

TEST(Integer, RoundsHalfToEven) {
    EXPECT_EQ(multiply_divide_half_even(5, 1, 2), 2);
    EXPECT_EQ(multiply_divide_half_even(7, 1, 2), 4);
    EXPECT_EQ(multiply_divide_half_even(-5, 1, 2), -2);
    EXPECT_EQ(multiply_divide_half_even(-7, 1, 2), -4);
    EXPECT_EQ(multiply_divide_half_even(5, 1, -2), -2);
    EXPECT_EQ(multiply_divide_half_even(1, 1, 2), 0);
    EXPECT_EQ(multiply_divide_half_even(-1, 1, 2), 0);
    EXPECT_EQ(multiply_divide_half_even(-3, 1, 2), -2);
    EXPECT_EQ(multiply_divide_half_even(2, 1, 3), 1);
    EXPECT_EQ(multiply_divide_half_even(-2, 1, 3), -1);
    EXPECT_EQ(multiply_divide_half_even(1, 1, 0), std::nullopt);
    EXPECT_EQ(multiply_divide_half_even(kLeast, kLeast, 1), std::nullopt);
    EXPECT_EQ(multiply_divide_half_even(kLeast, kLeast, kLeast), kLeast);
}

TEST(Integer, RoundsToSteps) {
    EXPECT_EQ(round_to_step(std::int64_t{25}, 10), 20);
    EXPECT_EQ(round_to_step(std::int64_t{35}, 10), 40);
    EXPECT_EQ(round_to_step(std::int64_t{-25}, 10), -20);
    EXPECT_EQ(round_to_step(std::int64_t{7}, 0), std::nullopt);
    EXPECT_EQ(round_to_step(std::int64_t{7}, -1), std::nullopt);
    EXPECT_EQ(round_to_step(kGreatest, 10), std::nullopt);
}

RC_GTEST_PROP(Integer, CheckedOperationsAreExactOrNothing, ()) {
    const auto a = *generate::integer();
    const auto b = *generate::integer();
    RC_ASSERT(checked_add(a, b) == reference::narrow(Integer(a) + b));
    RC_ASSERT(checked_subtract(a, b) == reference::narrow(Integer(a) - b));
    RC_ASSERT(checked_multiply(a, b) == reference::narrow(Integer(a) * b));
}

RC_GTEST_PROP(Integer, MultiplyDivideIsTheNearestHalfEven, ()) {
    const auto a = *generate::integer();
    const auto b = *generate::integer();
    const auto divisor = *rc::gen::suchThat(generate::integer(), [](auto d) { return d != 0; });
    const Rational exact = reference::fraction(Integer(a) * b, divisor);
    RC_ASSERT(multiply_divide_half_even(a, b, divisor) ==
              reference::narrow(reference::nearest_half_even(exact)));
}

RC_GTEST_PROP(Integer, RoundToStepIsTheNearestMultiple, ()) {
    const auto value = *generate::integer();
    const auto step = *rc::gen::suchThat(generate::integer(), [](auto s) { return s > 0; });
    const Rational parts = reference::fraction(value, step);
    RC_ASSERT(round_to_step(value, step) ==
              reference::narrow(reference::nearest_half_even(parts) * step));
}

RC_GTEST_PROP(Integer, SumAndMeanAreExactInEveryOrder, ()) {
    auto values = *rc::gen::container<std::vector<std::int64_t>>(generate::integer());
    ExactSum forward;
    ExactSum backward;
    Integer exact = 0;
    for (const auto value : values) {
        forward.add(value);
        exact += value;
    }
    for (auto value = values.rbegin(); value != values.rend(); ++value)
        backward.add(*value);
    RC_ASSERT(forward.sum() == reference::narrow(exact));
    RC_ASSERT(backward.sum() == forward.sum());
    RC_ASSERT(backward.mean() == forward.mean());
    if (values.empty())
        RC_ASSERT(forward.mean() == std::nullopt);
    else
        RC_ASSERT(forward.mean() == reference::narrow(reference::nearest_half_even(
                                        reference::fraction(exact, values.size()))));
}

} // namespace
} // namespace rulebook
