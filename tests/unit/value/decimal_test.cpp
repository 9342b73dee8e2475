#include "runtime/value/decimal.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/value/amounts.hpp"

namespace rulebook {
namespace {

const Currency kDollar = *Currency::of("USD");
const Currency kYen = *Currency::of("JPY");
const Currency kDinar = *Currency::of("KWD");

using Whole = Read<std::int64_t>;

TEST(Decimal, ReadsMoneyInTheCurrencysDigits) {
    EXPECT_EQ(read_money("1234.5", kDollar), 123'450);
    EXPECT_EQ(read_money("-3.00", kDollar), -300);
    EXPECT_EQ(read_money(" +3 ", kDollar), 300);
    EXPECT_EQ(read_money(".5", kDollar), 50);
    EXPECT_EQ(read_money("5.", kDollar), 500);
    EXPECT_EQ(read_money("1.2e6", kDollar), 120'000'000);
    EXPECT_EQ(read_money("12E-1", kDollar), 120);
    EXPECT_EQ(read_money("0.001", kDinar), 1);
    EXPECT_EQ(read_money("500", kYen), 500);
    EXPECT_EQ(read_money("3.1400000000000000000000000000000000000000000000", kDollar), 314);
    EXPECT_EQ(read_money("92233720368547758.07", kDollar),
              std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(read_money("-92233720368547758.08", kDollar),
              std::numeric_limits<std::int64_t>::min());
}

TEST(Decimal, DecimalsBeyondTheCurrencyAreRefusedOrRounded) {
    EXPECT_EQ(read_money("1.005", kDollar), Whole(fault(Fault::TooManyDecimals)));
    EXPECT_EQ(read_money("0.5", kYen), Whole(fault(Fault::TooManyDecimals)));
    EXPECT_EQ(read_money("1.005", kDollar, Excess::RoundHalfEven), 100);
    EXPECT_EQ(read_money("1.015", kDollar, Excess::RoundHalfEven), 102);
    EXPECT_EQ(read_money("-1.015", kDollar, Excess::RoundHalfEven), -102);
    EXPECT_EQ(read_money("1.0150000001", kDollar, Excess::RoundHalfEven), 102);
    EXPECT_EQ(read_money("1e-60", kDollar), Whole(fault(Fault::TooManyDecimals)));
    EXPECT_EQ(read_money("1e-60", kDollar, Excess::RoundHalfEven), 0);
}

TEST(Decimal, SaysWhyATextIsNoAmount) {
    for (const char* text : {"1,234.50", "1 234", "1'234", "1_234", "12,5"})
        EXPECT_EQ(read_money(text, kDollar), Whole(fault(Fault::SeparatorInNumber))) << text;
    for (const char* text : {"", "  ", "-", ".", "e5", "1.2.3", "--1", "1e", "1e+-5", "0x10", "1-",
                             "nan", "inf", "(3)", "1e9999999", "\xd9\xa1"})
        EXPECT_EQ(read_money(text, kDollar), Whole(fault(Fault::NotANumber))) << text;
    for (const char* text : {"$3", "3 USD", "-£5", "1.234,50 €"}) // what is wrong is the currency
        EXPECT_EQ(read_money(text, kDollar), Whole(fault(Fault::CurrencyInNumber))) << text;
    for (const char* text : {"3 apples", "$", "USD", "$3 USD", "x3"})
        EXPECT_EQ(read_money(text, kDollar), Whole(fault(Fault::NotANumber))) << text;
    for (const char* text :
         {"92233720368547758.08", "1e30", "1e99999", "123456789012345678901234567890123456789012"})
        EXPECT_EQ(read_money(text, kDollar), Whole(fault(Fault::DoesNotFit))) << text;
}

TEST(Decimal, ReadsInts) {
    EXPECT_EQ(read_int("12"), 12);
    EXPECT_EQ(read_int("12.0"), 12);
    EXPECT_EQ(read_int("007"), 7);
    EXPECT_EQ(read_int("1e3"), 1000);
    EXPECT_EQ(read_int("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(read_int("12.5"), Whole(fault(Fault::NotWhole)));
    EXPECT_EQ(read_int("9223372036854775808"), Whole(fault(Fault::DoesNotFit)));
    EXPECT_EQ(read_int("1,000"), Whole(fault(Fault::SeparatorInNumber)));
}

TEST(Decimal, ReadsPercentAsFractionOrWhole) {
    EXPECT_EQ(read_percent("0.125"), 125'000);
    EXPECT_EQ(read_percent("12.5", PercentWriting::Whole), 125'000);
    EXPECT_EQ(read_percent("12.5%"), 125'000);
    EXPECT_EQ(read_percent("12.5 %", PercentWriting::Whole), 125'000);
    EXPECT_EQ(read_percent("0.0000001"), Whole(fault(Fault::TooManyDecimals)));
    EXPECT_EQ(read_percent("0.33333333", PercentWriting::Fraction, Excess::RoundHalfEven), 333'333);
    EXPECT_EQ(read_percent("%"), Whole(fault(Fault::NotANumber)));
}

TEST(Decimal, ReadsNumbersAsBinary64) {
    EXPECT_EQ(read_number("0.1"), 0.1);
    EXPECT_EQ(read_number("+1e3"), 1000.0);
    EXPECT_EQ(read_number(" -2.5 "), -2.5);
    EXPECT_EQ(read_number("1.7976931348623157e308"), std::numeric_limits<double>::max());
    for (const char* text : {"nan", "NaN", "inf", "-Infinity", "", "1.5x", "0x1p3", "+-1", "+"})
        EXPECT_EQ(read_number(text), Read<double>(fault(Fault::NotANumber))) << text;
    EXPECT_EQ(read_number("1e400"), Read<double>(fault(Fault::DoesNotFit)));
    EXPECT_EQ(read_number("1,5"), Read<double>(fault(Fault::SeparatorInNumber)));
}

TEST(Decimal, ReadsBools) {
    for (const char* text : {"true", "TRUE", "t", "Yes", "y", "1", " true "})
        EXPECT_EQ(read_bool(text), true) << text;
    for (const char* text : {"false", "False", "f", "no", "N", "0"})
        EXPECT_EQ(read_bool(text), false) << text;
    for (const char* text : {"", "2", "on", "tru", "truee"})
        EXPECT_EQ(read_bool(text), Read<bool>(fault(Fault::NotABool))) << text;
}

template <class Append, class... Arguments>
std::string text_of(Append append, Arguments... arguments) {
    std::string out = ">";
    append(out, arguments...);
    return out.substr(1);
}

TEST(Decimal, WritesPlainDecimals) {
    EXPECT_EQ(text_of(append_money, 123'450, kDollar), "1234.50");
    EXPECT_EQ(text_of(append_money, -5, kDollar), "-0.05");
    EXPECT_EQ(text_of(append_money, 0, kDollar), "0.00");
    EXPECT_EQ(text_of(append_money, 500, kYen), "500");
    EXPECT_EQ(text_of(append_money, 1, kDinar), "0.001");
    EXPECT_EQ(text_of(append_money, std::numeric_limits<std::int64_t>::min(), kDollar),
              "-92233720368547758.08");
    EXPECT_EQ(text_of(append_percent, 125'000), "0.125");
    EXPECT_EQ(text_of(append_percent, 1'000'000), "1");
    EXPECT_EQ(text_of(append_percent, 0), "0");
    EXPECT_EQ(text_of(append_percent, -1), "-0.000001");
    EXPECT_EQ(text_of(append_percent_sign, 125'000), "12.5%");
    EXPECT_EQ(text_of(append_percent_sign, 10'000'000), "1000%");
    EXPECT_EQ(text_of(append_points, 1'250), "12.50");
    EXPECT_EQ(text_of(append_points, -100), "-1.00");
    EXPECT_EQ(text_of(append_int, std::int64_t{-42}), "-42");
    EXPECT_EQ(text_of(append_number, 0.1), "0.1");
    EXPECT_EQ(text_of(append_number, -0.0), "0");
    EXPECT_EQ(text_of(append_number, 3.0), "3");
    EXPECT_EQ(text_of(append_number, 1e6), "1000000");
    EXPECT_EQ(text_of(append_number, 1e20), "100000000000000000000");
    EXPECT_EQ(text_of(append_number, 1e21), "1e+21");
    EXPECT_EQ(text_of(append_number, -0.000001), "-0.000001");
    EXPECT_EQ(text_of(append_number, 5e-324), "5e-324");
}

TEST(Decimal, TheDecimalOfADoubleIsTheOneThatIsWritten) {
    EXPECT_EQ(in_units(*decimal_of(0.1), 2), 10);
    EXPECT_EQ(in_units(*decimal_of(1234.56), 2), 123'456);
    EXPECT_EQ(in_units(*decimal_of(1.005), 2), Whole(fault(Fault::TooManyDecimals)));
    EXPECT_EQ(in_units(*decimal_of(1e300), 2), Whole(fault(Fault::DoesNotFit)));
    EXPECT_EQ(in_units(*decimal_of(-0.0), 2), 0);
    EXPECT_FALSE(decimal_of(std::numeric_limits<double>::quiet_NaN()));
}

RC_GTEST_PROP(Decimal, WhatIsWrittenReadsBackAsTheSame, ()) {
    const auto value = *generate::integer();
    for (const Currency currency : {kDollar, kYen, kDinar})
        RC_ASSERT(read_money(text_of(append_money, value, currency), currency) == value);
    RC_ASSERT(read_percent(text_of(append_percent, value)) == value);
    RC_ASSERT(read_percent(text_of(append_percent_sign, value)) == value);
    RC_ASSERT(read_points(text_of(append_points, value)) == value);
    RC_ASSERT(read_int(text_of(append_int, value)) == value);
}

RC_GTEST_PROP(Decimal, NumbersReadBackAsTheSame, ()) {
    const double value =
        std::ldexp(static_cast<double>(*generate::integer()), *rc::gen::inRange(-1100, 950));
    RC_ASSERT(read_number(text_of(append_number, value)) == value);
}

RC_GTEST_PROP(Decimal, ReadingNeverCrashesOnAnyText, ()) {
    const auto text = *rc::gen::container<std::string>(rc::gen::oneOf(
        rc::gen::elementOf(std::string("0123456789.,-+eE% _")), rc::gen::arbitrary<char>()));
    (void)read_money(text, kDollar);
    (void)read_percent(text);
    (void)read_number(text);
    (void)read_bool(text);
    if (const auto value = read_int(text))
        RC_ASSERT(read_int(text_of(append_int, *value)) == *value);
}

} // namespace
} // namespace rulebook
