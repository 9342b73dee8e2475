// How a cell becomes a value of a field's type.
#include "runtime/data/cell_reader.hpp"

#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "runtime/value/calendar_text.hpp"

namespace rulebook::data {
namespace {

using Kind = SourceCell::Kind;
using plan::Type;
using plan::TypeKind;

SourceCell text(std::string_view value) {
    return {.kind = Kind::Text, .text = value};
}
SourceCell integer(std::int64_t value, Kind kind = Kind::Integer) {
    return {.kind = kind, .integer = value};
}
SourceCell real(double value) {
    return {.kind = Kind::Real, .real = value};
}
SourceCell decimal(std::int64_t mantissa, int exponent) {
    return {.kind = Kind::Decimal, .decimal = {mantissa, exponent}};
}

const plan::Schema& schema() {
    static const plan::Schema made = [] {
        plan::Schema with_enum;
        with_enum.enums = {{"plan", {"free", "basic", "team"}, true}};
        return with_enum;
    }();
    return made;
}

// Reads one cell; the value as text, or the cause and fault.
class Reading {
public:
    explicit Reading(Type type, const ColumnReading& reading = {},
                     const std::vector<std::string>& nulls = {""}, std::string_view zone = "UTC")
        : type_(type), reader_(schema(), field_of(type), *time::find_zone(zone)) {
        reader_.set_reading(reading, nulls);
    }

    std::string operator()(const SourceCell& cell) {
        const ReadCell read = reader_.read(cell);
        if (!read.known)
            return read.fault ? std::string(words(*read.fault))
                              : std::string(plan::words(read.cause));
        std::string out;
        switch (type_.kind) {
        case TypeKind::Text:
            return std::string(read.text);
        case TypeKind::Bool:
            return read.boolean ? "true" : "false";
        case TypeKind::Number:
            append_number(out, read.real);
            return out;
        case TypeKind::Time:
            append_time(out, Time{read.integer});
            return out + (read.was_date ? " (a date)" : "");
        case TypeKind::Date:
            append_date(out, Date{static_cast<std::int32_t>(read.integer)});
            return out;
        default:
            return std::to_string(read.integer);
        }
    }

private:
    static plan::Field field_of(Type type) {
        plan::Field field;
        field.type = type;
        return field;
    }

    Type type_;
    CellReader reader_;
};

constexpr const char* kMissing = "missing in the data";
const Type kDollars = Type::money(*Currency::of("USD"));

TEST(CellReader, NullsAreMissing) {
    Reading names(Type::of(TypeKind::Text), {}, {"", " n/a ", "Select"});
    EXPECT_EQ(names(text("")), kMissing);
    EXPECT_EQ(names(text("  ")), kMissing);
    EXPECT_EQ(names(text(" n/a")), kMissing);
    EXPECT_EQ(names(text("Select")), kMissing);
    EXPECT_EQ(names(text("select")), "select");
    EXPECT_EQ(names({}), kMissing);
    Reading with_empty(Type::of(TypeKind::Text), {}, {"NULL"});
    EXPECT_EQ(with_empty(text("")), "");
    EXPECT_EQ(with_empty(text("NULL")), kMissing);
}

TEST(CellReader, Texts) {
    Reading read(Type::of(TypeKind::Text));
    EXPECT_EQ(read(text(" as it is ")), " as it is ");
    EXPECT_EQ(read(text("\xFF")), words(Fault::NotUtf8));
    EXPECT_EQ(read(text(std::string_view("a\0", 2))), words(Fault::HoldsNul));
    EXPECT_EQ(Reading(Type::of(TypeKind::Int))(text(std::string_view("1\0", 2))),
              words(Fault::HoldsNul));
    EXPECT_EQ(read(integer(42)), "42");
    EXPECT_EQ(read(real(0.1)), "0.1");
    EXPECT_EQ(read(real(1e6)), "1000000");
    EXPECT_EQ(read(decimal(-1205, -2)), "-12.05");
    EXPECT_EQ(read(decimal(5, -3)), "0.005");
    EXPECT_EQ(read(decimal(0, -2)), "0.00");
    EXPECT_EQ(read(decimal(12, 0)), "12");
    EXPECT_EQ(read(integer(1, Kind::Bool)), "true");
    EXPECT_EQ(read(integer(0, Kind::Date)), "1970-01-01");
    EXPECT_EQ(read(integer(0, Kind::LocalTime)), "1970-01-01T00:00:00");
    EXPECT_EQ(read(integer(0, Kind::Instant)), "1970-01-01T00:00:00Z");
}

TEST(CellReader, Ints) {
    Reading read(Type::of(TypeKind::Int));
    EXPECT_EQ(read(text(" 12 ")), "12");
    EXPECT_EQ(read(text("12.0")), "12");
    EXPECT_EQ(read(text("12.5")), words(Fault::NotWhole));
    EXPECT_EQ(read(integer(-7)), "-7");
    EXPECT_EQ(read(real(3.0)), "3");
    EXPECT_EQ(read(real(3.5)), words(Fault::NotWhole));
    EXPECT_EQ(read(real(1e19)), words(Fault::DoesNotFit));
    EXPECT_EQ(read(real(std::numeric_limits<double>::quiet_NaN())), kMissing);
    EXPECT_EQ(read(decimal(1200, -2)), "12");
    EXPECT_EQ(read(decimal(1250, -2)), words(Fault::NotWhole));
    EXPECT_EQ(read(integer(1, Kind::Bool)), words(Fault::NotANumber));
    EXPECT_EQ(read(integer(0, Kind::Date)), words(Fault::NotANumber));
}

TEST(CellReader, Numbers) {
    Reading read(Type::of(TypeKind::Number));
    EXPECT_EQ(read(text("0.1")), "0.1");
    EXPECT_EQ(read(text("-0.0")), "0");
    EXPECT_EQ(read(text("NaN")), kMissing);
    EXPECT_EQ(read(text("-inf")), kMissing);
    EXPECT_EQ(read(real(std::numeric_limits<double>::infinity())), kMissing);
    // The nearest, whichever way it is written.
    EXPECT_EQ(read(integer((std::int64_t{1} << 53) + 1)), "9007199254740992");
    EXPECT_EQ(read(text("9007199254740993")), "9007199254740992");
    EXPECT_EQ(read(decimal(9007199254740993, 0)), "9007199254740992");
    EXPECT_EQ(read(integer(5)), "5");
    EXPECT_EQ(read(decimal(1, -1)), "0.1");
    EXPECT_EQ(read(text("1,5")), words(Fault::SeparatorInNumber));
}

// What stands for a missing value does so in typed columns, too: as the value that it is.
TEST(CellReader, NullsOfTypedColumns) {
    const std::vector<std::string> nulls = {"", "-1", "n/a", "1900-01-01"};
    Reading whole(Type::of(TypeKind::Int), {}, nulls);
    EXPECT_EQ(whole(integer(-1)), kMissing);
    EXPECT_EQ(whole(real(-1.0)), kMissing);
    EXPECT_EQ(whole(decimal(-100, -2)), kMissing);
    EXPECT_EQ(whole(integer(1)), "1");
    EXPECT_EQ(whole(text("-1")), kMissing);
    EXPECT_EQ(whole(text("-1.0")), "-1") << "texts are compared as such";
    Reading number(Type::of(TypeKind::Number), {}, nulls);
    EXPECT_EQ(number(real(-1.0)), kMissing);
    EXPECT_EQ(number(integer(-1)), kMissing);
    EXPECT_EQ(number(real(-1.5)), "-1.5");
    Reading fraction(Type::of(TypeKind::Number), {}, {"-99.9", "16777217"});
    EXPECT_EQ(fraction(real(-99.9)), kMissing);
    EXPECT_EQ(fraction(real(static_cast<double>(-99.9F))), kMissing) << "of 32 bits";
    EXPECT_EQ(fraction(real(16777216.0)), "16777216");
    Reading money(Type::money(*Currency::of("USD")), {}, nulls);
    EXPECT_EQ(money(decimal(-100, -2)), kMissing);
    EXPECT_EQ(money(decimal(-101, -2)), "-101");
    Reading date(Type::of(TypeKind::Date), {}, nulls);
    EXPECT_EQ(date(integer(-25'567, Kind::Date)), kMissing);
    EXPECT_EQ(date(integer(-25'566, Kind::Date)), "1900-01-02");
    Reading time(Type::of(TypeKind::Time), {}, nulls);
    EXPECT_EQ(time(integer(-25'567, Kind::Date)), kMissing);
    EXPECT_EQ(time(integer(-25'567 * 86'400'000'000, Kind::Instant)), kMissing);
    EXPECT_EQ(time(integer(-25'567 * 86'400'000'000 + 1, Kind::Instant)),
              "1900-01-01T00:00:00.000001Z");
    Reading words_of(Type::of(TypeKind::Text), {}, nulls);
    EXPECT_EQ(words_of(integer(-1)), kMissing);
    EXPECT_EQ(words_of(integer(-2)), "-2");
    Reading flag(Type::of(TypeKind::Bool), {}, {"", "false"});
    EXPECT_EQ(flag(integer(0, Kind::Bool)), kMissing);
    EXPECT_EQ(flag(integer(1, Kind::Bool)), "true");
}

TEST(CellReader, Money) {
    Reading read(kDollars);
    EXPECT_EQ(read(text("1234.5")), "123450");
    EXPECT_EQ(read(text("1.005")), words(Fault::TooManyDecimals));
    EXPECT_EQ(read(real(0.1)), "10");
    EXPECT_EQ(read(real(1100.04)), "110004");
    EXPECT_EQ(read(real(1.0 / 3.0)), words(Fault::TooManyDecimals));
    EXPECT_EQ(read(integer(7)), "700");
    EXPECT_EQ(read(decimal(12345, -3)), words(Fault::TooManyDecimals));
    EXPECT_EQ(read(decimal(12340, -3)), "1234");
    Reading rounded(kDollars, {.excess = Excess::RoundHalfEven});
    EXPECT_EQ(rounded(text("1.005")), "100");
    EXPECT_EQ(rounded(real(1.0 / 3.0)), "33");
    EXPECT_EQ(rounded(decimal(12345, -3)), "1234");
    EXPECT_EQ(Reading(Type::money(*Currency::of("JPY")))(text("100.00")), "100");
}

TEST(CellReader, Percents) {
    EXPECT_EQ(Reading(Type::of(TypeKind::Percent))(text("0.125")), "125000");
    EXPECT_EQ(Reading(Type::of(TypeKind::Percent))(text("12.5%")), "125000");
    Reading whole(Type::of(TypeKind::Percent), {.percent = PercentWriting::Whole});
    EXPECT_EQ(whole(text("12.5")), "125000");
    EXPECT_EQ(whole(integer(12)), "120000");
    EXPECT_EQ(whole(real(12.5)), "125000");
    EXPECT_EQ(whole(decimal(125, -1)), "125000");
}

TEST(CellReader, Bools) {
    Reading read(Type::of(TypeKind::Bool));
    EXPECT_EQ(read(text("Yes")), "true");
    EXPECT_EQ(read(text("maybe")), words(Fault::NotABool));
    EXPECT_EQ(read(integer(0)), "false");
    EXPECT_EQ(read(integer(2)), words(Fault::NotABool));
    EXPECT_EQ(read(integer(1, Kind::Bool)), "true");
    EXPECT_EQ(read(real(1.0)), words(Fault::NotABool));
}

TEST(CellReader, Enums) {
    Reading read(Type::enumeration(0));
    EXPECT_EQ(read(text(" team ")), "2");
    EXPECT_EQ(read(text("Team")), plan::words(plan::Cause::UnknownEnumValue));
    EXPECT_EQ(read(integer(1)), plan::words(plan::Cause::UnknownEnumValue));
}

TEST(CellReader, Dates) {
    Reading read(Type::of(TypeKind::Date));
    EXPECT_EQ(read(text("2026-01-31")), "2026-01-31");
    EXPECT_EQ(read(text("2026-02-30")), words(Fault::NoSuchDate));
    EXPECT_EQ(read(text("31.01.2026")), words(Fault::NotADate));
    EXPECT_EQ(read(integer(0, Kind::Date)), "1970-01-01");
    EXPECT_EQ(read(integer(99'999'999, Kind::Date)), words(Fault::NoSuchDate));
    EXPECT_EQ(read(integer(kMicrosecondsPerDay, Kind::LocalTime)), "1970-01-02");
    EXPECT_EQ(read(integer(1, Kind::LocalTime)), words(Fault::NotADate));
    EXPECT_EQ(read(integer(5)), words(Fault::NotADate));
    Reading by_format(Type::of(TypeKind::Date), {.format = "%m/%d/%Y"});
    EXPECT_EQ(by_format(text("3/1/2017")), "2017-03-01");
    EXPECT_EQ(by_format(text("2017-03-01")), words(Fault::NotADate));
    Reading berlin(Type::of(TypeKind::Date), {}, {""}, "Europe/Berlin");
    EXPECT_EQ(berlin(integer(std::int64_t{23} * 3600 * kMicrosecondsPerSecond, Kind::Instant)),
              "1970-01-02");
}

TEST(CellReader, Times) {
    Reading read(Type::of(TypeKind::Time), {}, {""}, "America/New_York");
    EXPECT_EQ(read(text("2026-01-31T09:00:00Z")), "2026-01-31T09:00:00Z");
    EXPECT_EQ(read(text("2026-01-31 09:00:00")), "2026-01-31T14:00:00Z");
    EXPECT_EQ(read(text("2026-07-01")), "2026-07-01T04:00:00Z (a date)");
    EXPECT_EQ(read(text("2026-03-08 02:30:00")), "2026-03-08T07:00:00Z"); // skipped by the clocks
    EXPECT_EQ(read(text("soon")), words(Fault::NotATime));
    EXPECT_EQ(read(integer(0, Kind::Date)), "1970-01-01T05:00:00Z (a date)");
    EXPECT_EQ(read(integer(0, Kind::LocalTime)), "1970-01-01T05:00:00Z");
    EXPECT_EQ(read(integer(0, Kind::Instant)), "1970-01-01T00:00:00Z");
    EXPECT_EQ(read(integer(INT64_MAX, Kind::Instant)), words(Fault::NoSuchTime)); // infinity
    EXPECT_EQ(read(integer(INT64_MIN, Kind::LocalTime)), words(Fault::NoSuchTime));
    EXPECT_EQ(read(integer(5)), words(Fault::NotATime));
    EXPECT_EQ(read(text("9999-12-31 23:00:00")), words(Fault::NoSuchTime)); // 10000 in UTC
    Reading end(Type::of(TypeKind::Time), {.date = DateStandsFor::LastMicrosecond}, {""},
                "America/New_York");
    EXPECT_EQ(end(text("2026-03-08")), "2026-03-09T03:59:59.999999Z");
    EXPECT_EQ(end(integer(0, Kind::Date)), "1970-01-02T04:59:59.999999Z");
    EXPECT_EQ(end(text("2026-03-08 12:00")), "2026-03-08T16:00:00Z");
    Reading seconds(Type::of(TypeKind::Time), {.format = "%s"}, {""}, "America/New_York");
    EXPECT_EQ(seconds(text("1398138810")), "2014-04-22T03:53:30Z");
    EXPECT_EQ(seconds(integer(1398138810)), "2014-04-22T03:53:30Z");
    EXPECT_EQ(seconds(real(1398138810.0)), "2014-04-22T03:53:30Z");
    EXPECT_EQ(seconds(decimal(139813881000, -2)), "2014-04-22T03:53:30Z");
    EXPECT_EQ(seconds(text(" 1398138810.0 ")), "2014-04-22T03:53:30Z");
    EXPECT_EQ(seconds(text("1398138810.5")), words(Fault::NotATime));
    EXPECT_EQ(seconds(text("1e999")), words(Fault::NotATime));
    EXPECT_EQ(seconds(real(1398138810.5)), words(Fault::NotATime));
    EXPECT_EQ(seconds(real(std::numeric_limits<double>::quiet_NaN())), kMissing);
    Reading days(Type::of(TypeKind::Date), {.format = "%s"}, {""}, "America/New_York");
    EXPECT_EQ(days(integer(1398138810)), days(real(1398138810.0)));
    EXPECT_EQ(days(text("1398138810")), days(real(1398138810.0)));
}

TEST(CellReader, Durations) {
    Reading read(Type::of(TypeKind::Duration));
    EXPECT_EQ(read(text("2 hours")), "7200000000");
    EXPECT_EQ(read(integer(5)), words(Fault::NotADuration));
}

TEST(CellReader, RangesAreInclusiveUnlessTheySayUnder) {
    plan::Field field;
    field.type = Type::of(TypeKind::Int);
    field.range =
        plan::ValueRange{plan::Value::of(std::int64_t{1}), plan::Value::of(std::int64_t{3}), false};
    CellReader closed(schema(), field, time::utc());
    EXPECT_FALSE(closed.read(integer(0)).known);
    EXPECT_TRUE(closed.read(integer(1)).known);
    EXPECT_TRUE(closed.read(integer(3)).known);
    EXPECT_FALSE(closed.read(integer(4)).known);
    EXPECT_EQ(closed.complaint(ReadCell::unknown(plan::Cause::OutOfRange), {}), "is not in 1 to 3");
    field.range->high_open = true;
    CellReader open(schema(), field, time::utc());
    EXPECT_EQ(open.read(integer(3)).cause, plan::Cause::OutOfRange);
    EXPECT_EQ(open.complaint(ReadCell::unknown(plan::Cause::OutOfRange), {}),
              "is not in 1 to under 3");
    field.type = Type::of(TypeKind::Number);
    field.range = plan::ValueRange{plan::Value::of(0.5), plan::Value::of(1.5), false};
    CellReader number(schema(), field, time::utc());
    EXPECT_TRUE(number.read(real(0.5)).known);
    EXPECT_FALSE(number.read(real(0.25)).known);
}

RC_GTEST_PROP(CellReader, NoTextBreaksAnyType, ()) {
    const auto any = *rc::gen::arbitrary<std::string>();
    for (const TypeKind kind :
         {TypeKind::Bool, TypeKind::Int, TypeKind::Number, TypeKind::Percent, TypeKind::Text,
          TypeKind::Date, TypeKind::Time, TypeKind::Duration, TypeKind::Points})
        (void)Reading(Type::of(kind))(text(any));
    (void)Reading(kDollars)(text(any));
    (void)Reading(Type::enumeration(0))(text(any));
}

// The short way against the full one, with nulls that look like values and with a range.
RC_GTEST_PROP(CellReader, PlainReadingIsWhatReadMakesOfTheCell, ()) {
    const auto cell = *rc::gen::oneOf(
        rc::gen::element<std::string>("", " ", "0", "00", "1", "2", "12.5", "-3", "free", "team",
                                      "true", "false", "True", "0.125", "2026-01-31",
                                      "2026-01-31T09:00:00Z", "n/a", "nan", "\xFF", "1 "),
        rc::gen::container<std::string>(rc::gen::element('0', '1', '-', '.', 'e', ' ')));
    const auto nulls = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("", "0", "-3", "true", "n/a", "2026-01-31"));
    plan::Field field;
    field.type = *rc::gen::element(
        Type::of(TypeKind::Bool), Type::of(TypeKind::Int), Type::of(TypeKind::Number),
        Type::of(TypeKind::Percent), Type::of(TypeKind::Text), Type::of(TypeKind::Date),
        Type::of(TypeKind::Time), Type::of(TypeKind::Points), kDollars, Type::enumeration(0));
    if (field.type.is(TypeKind::Int) && *rc::gen::arbitrary<bool>())
        field.range = plan::ValueRange{plan::Value::of(std::int64_t{1}),
                                       plan::Value::of(std::int64_t{11}), true};
    CellReader reader(schema(), field, time::utc());
    reader.set_reading({}, nulls);
    const ReadCell read = reader.read(text(cell));
    switch (plan::representation(field.type.kind)) {
    case plan::Representation::Bool:
        if (const auto plain = reader.plain_boolean(cell))
            RC_ASSERT(read.known && read.boolean == *plain);
        return;
    case plan::Representation::Integer:
        if (const auto plain = reader.plain_integer(cell))
            RC_ASSERT(read.known && read.integer == *plain && !read.was_date);
        return;
    case plan::Representation::Real:
        if (const auto plain = reader.plain_real(cell))
            RC_ASSERT(read.known && read.real == *plain);
        return;
    case plan::Representation::Text:
        if (reader.is_plain_text(cell))
            RC_ASSERT(read.known && read.text == cell);
        return;
    }
}

// The same of typed cells.
RC_GTEST_PROP(CellReader, PlainReadingOfTypedCellsIsWhatReadMakesOfThem, ()) {
    const auto value =
        *rc::gen::element<std::int64_t>(0, 1, -5, 20'000, std::numeric_limits<std::int64_t>::max(),
                                        std::numeric_limits<std::int64_t>::min());
    const auto kind = *rc::gen::element(Kind::Integer, Kind::Bool, Kind::Decimal, Kind::Instant);
    const SourceInteger given{kind, kind == Kind::Bool ? value & 1 : value,
                              *rc::gen::inRange(0, 4)};
    const SourceCell cell =
        kind == Kind::Decimal ? decimal(given.value, -given.decimals) : integer(given.value, kind);
    plan::Field field;
    field.type = *rc::gen::element(Type::of(TypeKind::Bool), Type::of(TypeKind::Int),
                                   Type::of(TypeKind::Time), Type::of(TypeKind::Percent), kDollars);
    CellReader reader(schema(), field, time::utc());
    const ReadCell read = reader.read(cell);
    if (field.type.is(TypeKind::Bool)) {
        if (const auto plain = reader.plain_boolean(given))
            RC_ASSERT(read.known && read.boolean == *plain);
    } else if (const auto plain = reader.plain_integer(given)) {
        RC_ASSERT(read.known && read.integer == *plain && !read.was_date);
    }
}

// What is said of a cell that cannot be read as a value of the type.
std::string complaint(Type type, std::string_view cell, const ColumnReading& how = {}) {
    plan::Field field;
    field.type = type;
    CellReader reader(schema(), field, time::utc());
    reader.set_reading(how, {""});
    const ReadCell read = reader.read(text(cell));
    return read.known ? "known" : reader.complaint(read, text(cell));
}

TEST(CellReader, SaysWhatWouldBeRead) {
    const Type money = Type::money(*Currency::of("EUR"));
    const std::string separators = "has separators among its digits; write it without separators "
                                   "of thousands, and with a point: 1234.5";
    EXPECT_EQ(complaint(money, "1,234.50"), separators);
    EXPECT_EQ(complaint(Type::of(TypeKind::Number), "1 234"), separators);
    const std::string currency = "has a currency beside its digits; write the digits alone: 1234.5";
    for (const char* written :
         {"€ 900", "$1,234.50", "900 EUR", "-£5", "£-5", "1.234,50 €", "Fr 3"})
        EXPECT_EQ(complaint(money, written) == currency, std::string_view(written) != "Fr 3")
            << written;
    EXPECT_EQ(complaint(money, "a lot"), "is not a number; expected digits such as 1234.5");
    EXPECT_EQ(complaint(money, "0.005"),
              "has more decimals than its type holds; `round = true` in data.toml rounds it");
    EXPECT_EQ(complaint(Type::of(TypeKind::Date), "31/06/2026"),
              "is not a date; expected such as 2026-05-31, or as a `format` in data.toml says");
    ColumnReading format;
    format.format = "%d/%m/%Y";
    EXPECT_EQ(complaint(Type::of(TypeKind::Time), "31/06/2026", format),
              "is a date that does not exist; expected as `%d/%m/%Y`");
    EXPECT_EQ(complaint(Type::enumeration(0), "Team"),
              "is none of free, basic, team; did you mean `team`?");
    EXPECT_EQ(complaint(Type::enumeration(0), " basik "),
              "is none of free, basic, team; did you mean `basic`?");
    EXPECT_EQ(complaint(Type::enumeration(0), "enterprise"), "is none of free, basic, team");
}

} // namespace
} // namespace rulebook::data
