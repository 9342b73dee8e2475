// What is read by the short way is what the readers in value/ make of it.
#include "runtime/data/plain_cell.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "runtime/value/calendar_text.hpp"
#include "runtime/value/decimal.hpp"

namespace rulebook::data {
namespace {

// Texts near to numbers, so that all ways to be none are met.
rc::Gen<std::string> number_text() {
    return rc::gen::container<std::string>(rc::gen::weightedElement<char>(
        {{4, '0'}, {4, '1'}, {4, '9'}, {2, '.'}, {1, '-'}, {1, '+'}, {1, ' '}, {1, 'e'}}));
}

// A time in RFC 3339, some of its characters perhaps replaced.
rc::Gen<std::string> time_text() {
    return rc::gen::exec([] {
        std::string text;
        append_time(text, Time{*rc::gen::inRange<std::int64_t>(-2'000'000'000, 4'000'000'000) *
                               kMicrosecondsPerSecond});
        for (int times = *rc::gen::inRange(0, 3); times > 0; --times)
            text[*rc::gen::inRange<std::size_t>(0, text.size())] =
                *rc::gen::element('0', '1', '2', '3', '6', '9', '-', ':', 'T', ' ', 'Z');
        return text.substr(0, *rc::gen::element<std::size_t>(10, 19, 20));
    });
}

RC_GTEST_PROP(PlainCell, WholeNumbersAreThoseOfReadInt, ()) {
    const std::string text = *number_text();
    if (const auto plain = plain_whole(text))
        RC_ASSERT(read_int(text) == *plain);
}

RC_GTEST_PROP(PlainCell, ScaledNumbersAreThoseOfReadDecimal, ()) {
    const std::string text = *number_text();
    const int decimals = *rc::gen::inRange(0, 7);
    if (const auto plain = plain_scaled(text, decimals)) {
        const auto read = read_decimal(text);
        RC_ASSERT(read.has_value());
        RC_ASSERT(in_units(*read, decimals) == *plain);
    }
}

RC_GTEST_PROP(PlainCell, NumbersAreThoseOfReadNumber, ()) {
    const std::string text = *number_text();
    if (const auto plain = plain_number(text))
        RC_ASSERT(read_number(text) == *plain);
}

// All digits that are read by the short way, to the last bit.
RC_GTEST_PROP(PlainCell, NumbersOf15DigitsAreExact, ()) {
    std::string text = std::to_string(*rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000'000));
    text.insert(*rc::gen::inRange<std::size_t>(1, text.size() + 1), ".");
    if (const auto plain = plain_number(text))
        RC_ASSERT(read_number(text) == *plain);
    else
        RC_ASSERT(text.ends_with('.'));
}

RC_GTEST_PROP(PlainCell, TimesAreThoseOfReadTime, ()) {
    const std::string text = *time_text();
    if (const auto plain = plain_instant(text)) {
        const auto read = read_time(text);
        RC_ASSERT(read.has_value());
        RC_ASSERT(read->instant() == Time{*plain});
        RC_ASSERT(!read->date_only);
    }
    if (const auto plain = plain_date(text)) {
        const auto read = read_date(text);
        RC_ASSERT(read.has_value());
        RC_ASSERT(read->days == *plain);
    }
}

TEST(PlainCell, TakesWhatIsPlain) {
    EXPECT_EQ(plain_whole("0"), 0);
    EXPECT_EQ(plain_whole("-120"), -120);
    EXPECT_EQ(plain_whole("999999999999999999"), 999'999'999'999'999'999);
    EXPECT_EQ(plain_scaled("12.5", 2), 1250);
    EXPECT_EQ(plain_scaled("-0.05", 2), -5);
    EXPECT_EQ(plain_number("0.125"), 0.125);
    EXPECT_EQ(plain_date("1970-01-02"), 1);
    EXPECT_EQ(plain_instant("1970-01-01T00:00:01Z"), 1'000'000);
}

TEST(PlainCell, LeavesTheRest) {
    for (const char* text : {"", "-", ".", "1.", ".5", "1.2.3", "1e3", "+1", " 1", "1 ", "--1",
                             "9999999999999999999", "1,000"})
        EXPECT_FALSE(plain_scaled(text, 2)) << text;
    EXPECT_FALSE(plain_whole("1.0"));
    EXPECT_FALSE(plain_scaled("0.125", 2));
    EXPECT_FALSE(plain_scaled("99999999999999999.9", 2)); // more than 18 digits in units
    EXPECT_FALSE(plain_number("1234567890123456"));
    EXPECT_FALSE(plain_date("2026-02-30"));
    EXPECT_FALSE(plain_instant("2026-01-31T24:00:00Z"));
    EXPECT_FALSE(plain_instant("2026-01-31 09:00:00Z"));
    EXPECT_FALSE(plain_instant("2026-01-31T09:00:00+"));
}

} // namespace
} // namespace rulebook::data
