#include "runtime/value/calendar_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace rulebook {
namespace {

template <class Append, class Value>
std::string text_of(Append append, Value value) {
    std::string out;
    append(out, value);
    return out;
}

// What a text is read as: the clock's time, the offset where one was written, or the fault.
std::string shown(const Read<WrittenTime>& written) {
    if (!written)
        return std::string(words(written.error()));
    std::string out;
    if (written->date_only)
        append_date(out, date_of(written->local));
    else
        append_local_time(out, written->local);
    if (written->offset_seconds)
        out += " " + std::to_string(*written->offset_seconds);
    return out;
}

TEST(TimeText, ReadsCommonSpellings) {
    EXPECT_EQ(shown(read_time("2026-01-31")), "2026-01-31");
    EXPECT_EQ(shown(read_time(" 2026-01-31 ")), "2026-01-31");
    EXPECT_EQ(shown(read_time("2026-01-31 09:00")), "2026-01-31T09:00:00");
    EXPECT_EQ(shown(read_time("2026-01-31 09:00:00")), "2026-01-31T09:00:00");
    EXPECT_EQ(shown(read_time("2026-01-31T09:00:00Z")), "2026-01-31T09:00:00 0");
    EXPECT_EQ(shown(read_time("2026-01-31t09:00:00z")), "2026-01-31T09:00:00 0");
    EXPECT_EQ(shown(read_time("2026-01-31 09:00:00 UTC")), "2026-01-31T09:00:00 0");
    EXPECT_EQ(shown(read_time("2026-01-31T09:00:00.5+01:00")), "2026-01-31T09:00:00.500000 3600");
    EXPECT_EQ(shown(read_time("2026-01-31 09:00:00-0330")), "2026-01-31T09:00:00 -12600");
    EXPECT_EQ(shown(read_time("2026-01-31 09:00:00+05")), "2026-01-31T09:00:00 18000");
    EXPECT_EQ(shown(read_time("2026-01-31 09:00:00.123456000")), "2026-01-31T09:00:00.123456");
    for (const std::string_view finer :
         {"2026-01-31 09:00:00.123456789", "2026-01-31 09:00:00.0000001Z"})
        EXPECT_EQ(shown(read_time(finer)), words(Fault::TooManyDecimals)) << finer;
    EXPECT_EQ(shown(read_time("2026-01-31 09:00:00.1234567", "%F %T.%f")),
              words(Fault::TooManyDecimals));
    EXPECT_EQ(shown(read_time("0001-01-01 00:00:00")), "0001-01-01T00:00:00");
}

TEST(TimeText, RefusesWhatNoCalendarShows) {
    for (const char* text : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-01-32", "0000-01-01"})
        EXPECT_EQ(shown(read_time(text)), words(Fault::NoSuchDate)) << text;
    for (const char* text : {"2026-01-01T24:00:00", "2026-01-01T23:60:00", "2016-12-31T23:59:60Z"})
        EXPECT_EQ(shown(read_time(text)), words(Fault::NoSuchTime)) << text;
    for (const char* text :
         {"", "2026", "2026-1-1", "26-01-01", "2026/01/01", "01.02.2026", "2026-01-01T",
          "2026-01-01 9:00", "2026-01-01 09", "2026-01-01 09:00:00.", "2026-01-01T09:00:00+1",
          "2026-01-01T09:00:00+19:00", "2026-01-01T09:00:00 EST", "2026-01-01Z", "2026-01-01x",
          "+2026-01-01", "2026-01-01T09:00:00Zx", "2026-01-01T09:00:00+01:"})
        EXPECT_EQ(shown(read_time(text)), words(Fault::NotATime)) << text;
}

TEST(TimeText, ReadsDates) {
    EXPECT_EQ(read_date("2026-01-31"), *checked_date(2026, 1, 31));
    EXPECT_EQ(read_date("2026-01-31 00:00:00"), *checked_date(2026, 1, 31));
    EXPECT_EQ(read_date("2026-01-31T09:00:00"), Read<Date>(fault(Fault::NotADate)));
    EXPECT_EQ(read_date("2026-01-31T00:00:00Z"), Read<Date>(fault(Fault::NotADate)));
    EXPECT_EQ(read_date("2026-02-30"), Read<Date>(fault(Fault::NoSuchDate)));
    EXPECT_EQ(read_date("yesterday"), Read<Date>(fault(Fault::NotADate)));
}

TEST(TimeText, InstantsNeedAnOffset) {
    EXPECT_EQ(read_time("1970-01-01T01:00:00+01:00")->instant(), Time{0});
    EXPECT_EQ(read_time("1969-12-31T19:00:00-05:00")->instant(), Time{0});
    EXPECT_EQ(read_time("1970-01-01T01:00:00")->instant(), std::nullopt);
}

TEST(TimeFormat, ReadsByFormat) {
    EXPECT_EQ(shown(read_time("22-04-2014 03:53", "%d-%m-%Y %H:%M")), "2014-04-22T03:53:00");
    EXPECT_EQ(shown(read_time("3/1/2017", "%m/%d/%Y")), "2017-03-01");
    EXPECT_EQ(shown(read_time("12/31/99", "%D")), "1999-12-31");
    EXPECT_EQ(shown(read_time("1/2/26", "%m/%d/%y")), "2026-01-02");
    EXPECT_EQ(shown(read_time("2026-01-31T09:08:07", "%Y-%m-%dT%H:%M:%S")), "2026-01-31T09:08:07");
    EXPECT_EQ(shown(read_time("2026-01-31 09:08:07.25", "%F %T.%f")), "2026-01-31T09:08:07.250000");
    EXPECT_EQ(shown(read_time("20260131090807", "%Y%m%d%H%M%S")), "2026-01-31T09:08:07");
    EXPECT_EQ(shown(read_time("Jan 5, 2026 12:05 AM", "%b %d, %Y %I:%M %p")),
              "2026-01-05T00:05:00");
    EXPECT_EQ(shown(read_time("january 5, 2026 12:05 pm", "%B %d, %Y %I:%M %p")),
              "2026-01-05T12:05:00");
    EXPECT_EQ(shown(read_time("Sat, 31 Jan 2026 09:00:00 +0100", "%a, %d %b %Y %T %z")),
              "2026-01-31T09:00:00 3600");
    EXPECT_EQ(shown(read_time("1398138810", "%s")), "2014-04-22T03:53:30 0");
    EXPECT_EQ(shown(read_time("-1", "%s")), "1969-12-31T23:59:59 0");
    EXPECT_EQ(shown(read_time("1398138810500", "%Q")), "2014-04-22T03:53:30.500000 0");
    EXPECT_EQ(shown(read_time("2024-366", "%Y-%j")), "2024-12-31");
    EXPECT_EQ(shown(read_time("100% 2026-01-31", "100%% %F")), "2026-01-31");
}

TEST(TimeFormat, RefusesWhatDoesNotFit) {
    EXPECT_EQ(shown(read_time("31-02-2026", "%d-%m-%Y")), words(Fault::NoSuchDate));
    EXPECT_EQ(shown(read_time("2023-366", "%Y-%j")), words(Fault::NoSuchDate));
    EXPECT_EQ(shown(read_time("1/1/26", "%m/%d/%Y")), words(Fault::NotATime));
    EXPECT_EQ(shown(read_time("1/1/2026 x", "%m/%d/%Y")), words(Fault::NotATime));
    EXPECT_EQ(shown(read_time("", "%m/%d/%Y")), words(Fault::NotATime));
    EXPECT_EQ(shown(read_time("2026-01-01 13:00 PM", "%F %I:%M %p")), words(Fault::NoSuchTime));
    EXPECT_EQ(shown(read_time("2026-01-01 0:00 PM", "%F %I:%M %p")), words(Fault::NoSuchTime));
    EXPECT_EQ(shown(read_time("999999999999999999", "%s")), words(Fault::NotATime));
    EXPECT_EQ(shown(read_time("999999999999999", "%s")), words(Fault::NotATime));
}

TEST(TimeFormat, FormatsAreCheckedBeforeUse) {
    for (const char* good : {"%d-%m-%Y %H:%M", "%F", "%s", "%Q", "%D", "%Y%j", "%b %e, %Y"})
        EXPECT_TRUE(check_time_format(good)) << good;
    EXPECT_EQ(check_time_format("%Y-%m").error().code, "time_format.no_date");
    EXPECT_EQ(check_time_format("%H:%M").error().code, "time_format.no_date");
    EXPECT_EQ(check_time_format("%Y-%m-%d %K").error().code, "time_format.directive");
    EXPECT_EQ(check_time_format("%Y-%m-%d %").error().code, "time_format.directive");
    EXPECT_EQ(check_time_format("%F %I:%M").error().code, "time_format.no_half_day");
}

// People write what spreadsheets and other programs take.
TEST(TimeFormat, OfPatternsTheFormatIsNamed) {
    const auto help = [](std::string_view pattern) {
        const auto checked = check_time_format(pattern);
        EXPECT_FALSE(checked) << pattern;
        return checked ? std::string() : checked.error().help;
    };
    EXPECT_EQ(help("DD-MM-YYYY"), "write `%d-%m-%Y`");
    EXPECT_EQ(help("dd.mm.yyyy"), "write `%d.%m.%Y`");
    EXPECT_EQ(help("M/d/yy"), "write `%m/%d/%y`");
    EXPECT_EQ(help("YYYYMMDD"), "write `%Y%m%d`");
    EXPECT_EQ(help("DD/MM/YYYY HH:MM:SS"), "write `%d/%m/%Y %H:%M:%S`");
    EXPECT_EQ(help("yyyy-MM-ddTHH:mm:ss.SSS"), "write `%Y-%m-%dT%H:%M:%S.%f`");
    EXPECT_EQ(help("d MMM yyyy hh:mm a"), "write `%d %b %Y %I:%M %p`");
    EXPECT_EQ(help("yyyy-mm-dd hh:mm"), "write `%Y-%m-%d %H:%M`");
    for (const char* unclear : {"ISO", "", "MM-YYYY", "week of year"})
        EXPECT_TRUE(help(unclear).starts_with("write `%d/%m/%Y` for 31/05/2026")) << unclear;
    EXPECT_EQ(check_time_format("DD-MM-YYYY").error().message,
              "`DD-MM-YYYY` has no directives: each part of a format is a letter behind %");
}

TEST(TimeText, WritesRfc3339) {
    EXPECT_EQ(text_of(append_time, Time{0}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(text_of(append_time, Time{1}), "1970-01-01T00:00:00.000001Z");
    EXPECT_EQ(text_of(append_time, Time{-1}), "1969-12-31T23:59:59.999999Z");
    EXPECT_EQ(text_of(append_time, kFirstTime), "0001-01-01T00:00:00Z");
    EXPECT_EQ(text_of(append_time, kLastTime), "9999-12-31T23:59:59.999999Z");
    EXPECT_EQ(text_of(append_date, *checked_date(33, 4, 3)), "0033-04-03");
}

TEST(Duration, ReadsAndWrites) {
    constexpr std::int64_t kHour = 3600 * kMicrosecondsPerSecond;
    EXPECT_EQ(read_duration("14 days"), 14 * kMicrosecondsPerDay);
    EXPECT_EQ(read_duration("1 day"), kMicrosecondsPerDay);
    EXPECT_EQ(read_duration("2 weeks 1 day"), 15 * kMicrosecondsPerDay);
    EXPECT_EQ(read_duration("-2 hours"), -2 * kHour);
    EXPECT_EQ(read_duration("36:00:00"), 36 * kHour);
    EXPECT_EQ(read_duration("1 day 02:30:00.5"), 26 * kHour + kHour / 2 + 500'000);
    for (const char* text : {"", "5", "days", "1 month", "1:30", "01:60:00", "01:00:00 1 day", "1d",
                             "999999999999999999 weeks"})
        EXPECT_EQ(read_duration(text), Read<std::int64_t>(fault(Fault::NotADuration))) << text;
    EXPECT_EQ(text_of(append_duration, std::int64_t{0}), "0 days");
    EXPECT_EQ(text_of(append_duration, kMicrosecondsPerDay), "1 day");
    EXPECT_EQ(text_of(append_duration, -14 * kMicrosecondsPerDay), "-14 days");
    EXPECT_EQ(text_of(append_duration, 26 * kHour), "1 day 02:00:00");
    EXPECT_EQ(text_of(append_duration, kHour + 1), "01:00:00.000001");
}

RC_GTEST_PROP(TimeText, WhatIsWrittenReadsBackAsTheSame, ()) {
    const Time time{*rc::gen::inRange(kFirstTime.microseconds, kLastTime.microseconds + 1)};
    RC_ASSERT(read_time(text_of(append_time, time))->instant() == time);
    const Date date = utc_date_of(time);
    RC_ASSERT(read_date(text_of(append_date, date)) == date);
    const LocalTime local{time.microseconds};
    RC_ASSERT(read_time(text_of(append_local_time, local), "%FT%T")->local == local ||
              time.microseconds % kMicrosecondsPerSecond != 0);
    const auto duration = *rc::gen::arbitrary<std::int64_t>();
    RC_ASSERT(read_duration(text_of(append_duration, duration)) == duration);
}

RC_GTEST_PROP(TimeText, ReadingNeverCrashesOnAnyText, ()) {
    const auto text = *rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::elementOf(std::string("0123456789-:.TZ+ %YmdHMSjspIbf")),
                       rc::gen::arbitrary<char>()));
    const auto format = *rc::gen::container<std::string>(
        rc::gen::elementOf(std::string("%%%%YmdHMSfsQpIjbzFTRD -:/")));
    (void)read_time(text);
    (void)read_date(text);
    (void)read_duration(text);
    (void)read_time(text, format);
    (void)check_time_format(format);
}

} // namespace
} // namespace rulebook
