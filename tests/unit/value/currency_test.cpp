#include "runtime/value/currency.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace rulebook {
namespace {

TEST(Currency, KnowsItsDigits) {
    static_assert(Currency::of("USD")->digits() == 2);
    static_assert(Currency::of("JPY")->digits() == 0);
    static_assert(Currency::of("KWD")->minor_units() == 1000);
    static_assert(Currency::of("CLF")->digits() == 4);
    EXPECT_EQ(currency_name(*Currency::of("EUR")), "Euro");
}

TEST(Currency, RefusesWhatIsNoCode) {
    for (const char* code : {"", "US", "usd", "USDX", "XAU", "ZZZ", "\0\0\0"})
        EXPECT_FALSE(Currency::of(code)) << code;
    EXPECT_FALSE(Currency().valid());
    EXPECT_EQ(Currency().code(), "");
    EXPECT_EQ(currency_name(Currency()), "");
}

TEST(Currency, EveryCodeIsSortedNamedAndSurvivesPacking) {
    const auto codes = currency_codes();
    EXPECT_GT(codes.size(), 160U);
    EXPECT_TRUE(std::ranges::is_sorted(codes));
    for (const auto code : codes) {
        const auto currency = Currency::of(code);
        ASSERT_TRUE(currency) << code;
        EXPECT_EQ(currency->code(), code);
        EXPECT_FALSE(currency_name(*currency).empty()) << code;
        EXPECT_EQ(Currency::from_packed(currency->packed()), *currency);
        EXPECT_LE(currency->digits(), 4);
    }
}

} // namespace
} // namespace rulebook
