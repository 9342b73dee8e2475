// Columns of every Arrow format that is read, with garbage behind unknowns and shifted offsets.
#include "runtime/data/arrow_column.hpp"

#include <cstring>
#include <limits>

#include <gtest/gtest.h>

#include "tests/unit/data/arrow_batch.hpp"

namespace rulebook::data {
namespace {

using namespace testing;
using Kind = SourceCell::Kind;

// All cells of the only column of a batch, as text.
std::vector<std::string> cells(TestColumn column) {
    const TestBatch batch = batch_of({std::move(column)});
    const auto opened = ArrowColumn::open(*batch.schema->children[0], *batch.array->children[0]);
    if (!opened)
        return {opened.error().code};
    std::vector<std::string> found;
    for (std::size_t row = 0; row < opened->size(); ++row) {
        const SourceCell cell = opened->cell(row);
        found.push_back(cell.kind == Kind::Missing ? "missing" : text_of(cell));
    }
    return found;
}

using Strings = std::vector<std::string>;

TEST(ArrowColumn, FixedWidths) {
    EXPECT_EQ(cells(typed_column<std::int8_t>("x", "c", {-1, 127})), (Strings{"-1", "127"}));
    EXPECT_EQ(cells(typed_column<std::uint8_t>("x", "C", {255})), (Strings{"255"}));
    EXPECT_EQ(cells(typed_column<std::int16_t>("x", "s", {-300})), (Strings{"-300"}));
    EXPECT_EQ(cells(typed_column<std::uint16_t>("x", "S", {65535})), (Strings{"65535"}));
    EXPECT_EQ(cells(typed_column<std::int32_t>("x", "i", {-70000})), (Strings{"-70000"}));
    EXPECT_EQ(cells(typed_column<std::uint32_t>("x", "I", {4294967295U})), (Strings{"4294967295"}));
    EXPECT_EQ(cells(typed_column<std::int64_t>("x", "l", {INT64_MIN})),
              (Strings{"-9223372036854775808"}));
    EXPECT_EQ(cells(typed_column<std::uint64_t>("x", "L", {1, UINT64_MAX})),
              (Strings{"1", "18446744073709551615"}));
    EXPECT_EQ(cells(typed_column<float>("x", "f", {0.5F})), (Strings{"0.5"}));
    EXPECT_EQ(cells(typed_column<double>("x", "g", {0.1})), (Strings{"0.1"}));
    EXPECT_EQ(cells(typed_column<Int128>("x", "d:38,2", {Int128{-1205}, Int128{7}})),
              (Strings{"-12.05", "0.07"}));
    EXPECT_EQ(cells(typed_column<Int128>("x", "d:38,0,128", {Int128{7}})), (Strings{"7"}));
    EXPECT_EQ(cells(typed_column<std::int64_t>("x", "d:18,2,64", {-1205})), (Strings{"-12.05"}));
    EXPECT_EQ(cells(typed_column<std::int32_t>("x", "d:9,1,32", {-1205})), (Strings{"-120.5"}));
}

TEST(ArrowColumn, InfiniteDatesAndTimesAreShownAsDatabasesWriteThem) {
    EXPECT_EQ(cells(typed_column<std::int32_t>("x", "tdD", {INT32_MAX, -INT32_MAX, 9'999'999})),
              (Strings{"infinity", "-infinity", "day 9999999"}));
    EXPECT_EQ(cells(typed_column<std::int64_t>("x", "tsu:", {INT64_MAX, -INT64_MAX})),
              (Strings{"infinity", "-infinity"}));
}

// The kind of a column that is read as a whole, and its numbers from a row on: "none" where null.
struct WholeNumbers {
    Kind kind = Kind::Missing;
    std::vector<std::string> numbers;

    friend bool operator==(const WholeNumbers&, const WholeNumbers&) = default;
};

std::string text_of_number(const ArrowNumbers& numbers, std::size_t row) {
    if (!numbers.known.at(row))
        return "none";
    std::int64_t value = 0;
    if (numbers.width > sizeof value)
        return "wide";
    std::memcpy(&value, numbers.values + row * numbers.width, numbers.width);
    const int unused = 64 - 8 * numbers.width; // to extend the sign
    value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << unused) >> unused;
    return std::to_string(value);
}

WholeNumbers numbers_of(TestColumn column, std::size_t from = 0, std::int64_t null_count = -1) {
    TestBatch batch = batch_of({std::move(column)});
    batch.array->children[0]->null_count = null_count;
    const auto opened = ArrowColumn::open(*batch.schema->children[0], *batch.array->children[0]);
    const auto found = opened ? opened->numbers() : std::nullopt;
    if (!found)
        return {};
    WholeNumbers whole{found->kind, {}};
    for (std::size_t row = from; row < opened->size(); ++row)
        whole.numbers.push_back(text_of_number(found->from(from), row - from));
    return whole;
}

TEST(ArrowColumn, NumbersAsWholes) {
    using Wide = std::vector<std::int64_t>;
    TestColumn column = typed_column<std::int64_t>("x", "l", Wide{9, -1, INT64_MAX});
    EXPECT_EQ(numbers_of(column),
              (WholeNumbers{Kind::Integer, {"9", "-1", "9223372036854775807"}}));
    EXPECT_EQ(numbers_of(column, 2), (WholeNumbers{Kind::Integer, {"9223372036854775807"}}));
    column.offset = 1;
    column.rows = 2;
    EXPECT_EQ(numbers_of(column), (WholeNumbers{Kind::Integer, {"-1", "9223372036854775807"}}));
    column.known = {0, 1};
    EXPECT_EQ(numbers_of(column), (WholeNumbers{Kind::Integer, {"none", "9223372036854775807"}}));
    EXPECT_EQ(numbers_of(column, 1), (WholeNumbers{Kind::Integer, {"9223372036854775807"}}));
    EXPECT_EQ(numbers_of(column, 0, 0),
              (WholeNumbers{Kind::Integer, {"-1", "9223372036854775807"}}));
    EXPECT_EQ(numbers_of(typed_column<std::int32_t>("x", "i", {-9})),
              (WholeNumbers{Kind::Integer, {"-9"}}));
    EXPECT_EQ(numbers_of(typed_column<std::int16_t>("x", "s", {-9})),
              (WholeNumbers{Kind::Integer, {"-9"}}));
    EXPECT_EQ(numbers_of(typed_column<std::int8_t>("x", "c", {-9})),
              (WholeNumbers{Kind::Integer, {"-9"}}));
    EXPECT_EQ(numbers_of(typed_column<std::int64_t>("x", "tsu:UTC", {5})),
              (WholeNumbers{Kind::Instant, {"5"}}));
    EXPECT_EQ(numbers_of(typed_column<std::int64_t>("x", "d:18,2,64", {-5})),
              (WholeNumbers{Kind::Decimal, {"-5"}}));
    EXPECT_EQ(numbers_of(typed_column<std::int32_t>("x", "d:9,2,32", {5})),
              (WholeNumbers{Kind::Decimal, {"5"}}));
    EXPECT_EQ(numbers_of(typed_column<Int128>("x", "d:18,2", {5})),
              (WholeNumbers{Kind::Decimal, {"wide"}}));
    EXPECT_EQ(numbers_of(typed_column<std::int64_t>("x", "tsu:", {5})), WholeNumbers{});
    EXPECT_EQ(numbers_of(typed_column<std::int64_t>("x", "tsm:UTC", {5})), WholeNumbers{});
    EXPECT_EQ(numbers_of(typed_column<std::uint64_t>("x", "L", {5})), WholeNumbers{});
    EXPECT_EQ(numbers_of(typed_column<std::uint32_t>("x", "I", {5})), WholeNumbers{});
    EXPECT_EQ(numbers_of(typed_column<std::int32_t>("x", "tdD", {5})), WholeNumbers{});
}

TEST(ArrowColumn, IndexesAsWholes) {
    TestColumn column = typed_column<std::uint8_t>("x", "C", {0, 1, 255});
    column.known = {1, 0, 1};
    column.dictionary = std::make_shared<TestColumn>(text_column("", {{"a"}, {"b"}}));
    const TestBatch batch = batch_of({column});
    const auto opened = ArrowColumn::open(*batch.schema->children[0], *batch.array->children[0]);
    ASSERT_TRUE(opened);
    const auto indexes = opened->indexes();
    ASSERT_TRUE(indexes);
    EXPECT_EQ(indexes->dictionary->text(1), "b");
    EXPECT_EQ(indexes->index(1), 1U);
    EXPECT_FALSE(indexes->known.at(1));
    EXPECT_EQ(indexes->from(2).index(0), 255U); // of what the dictionary lacks, too
    EXPECT_TRUE(indexes->from(2).known.at(0));
    EXPECT_FALSE(opened->numbers());
}

TEST(ArrowColumn, DatesAndTimes) {
    EXPECT_EQ(cells(typed_column<std::int32_t>("x", "tdD", {0, -1})),
              (Strings{"1970-01-01", "1969-12-31"}));
    EXPECT_EQ(cells(typed_column<std::int64_t>("x", "tdm", {86'400'000, -1})),
              (Strings{"1970-01-02", "1969-12-31"}));
    EXPECT_EQ(cells(typed_column<std::int64_t>("x", "tss:", {-1})),
              (Strings{"1969-12-31T23:59:59"}));
    EXPECT_EQ(cells(typed_column<std::int64_t>("x", "tsm:", {1})),
              (Strings{"1970-01-01T00:00:00.001000"}));
    EXPECT_EQ(cells(typed_column<std::int64_t>("x", "tsu:", {1})),
              (Strings{"1970-01-01T00:00:00.000001"}));
    EXPECT_EQ(cells(typed_column<std::int64_t>("x", "tsn:", {1000, 1999, -1})),
              (Strings{"1970-01-01T00:00:00.000001", "1970-01-01T00:00:00.000001999",
                       "1969-12-31T23:59:59.999999999"}))
        << "nothing is cut off";
    EXPECT_EQ(cells(typed_column<std::int64_t>("x", "tsn:UTC", {1})),
              (Strings{"1970-01-01T00:00:00.000000001Z"}));
    EXPECT_EQ(cells(typed_column<std::int64_t>("x", "tsu:UTC", {0})),
              (Strings{"1970-01-01T00:00:00Z"}));
}

TEST(ArrowColumn, TextNullsAndOffsets) {
    EXPECT_EQ(cells(text_column("x", {"a", std::nullopt, "", "bc"})),
              (Strings{"a", "missing", "", "bc"}));
    TestColumn shifted = typed_column<std::int32_t>("x", "i", {77, 78, 1, 2, 3});
    shifted.offset = 2;
    shifted.rows = 3;
    shifted.known = {1, 0, 1};
    EXPECT_EQ(cells(shifted), (Strings{"1", "missing", "3"}));
    TestColumn bits{"x", "b", {}, {0b0000'0101}, {}, 3, 0, nullptr};
    EXPECT_EQ(cells(bits), (Strings{"true", "false", "true"}));
    EXPECT_EQ(cells(absent_column("x", 2)), (Strings{"missing", "missing"}));
}

TEST(ArrowColumn, Dictionaries) {
    TestColumn column = typed_column<std::int8_t>("x", "c", {1, 0, 5, 0});
    column.known = {1, 1, 1, 0};
    column.dictionary = std::make_shared<TestColumn>(text_column("", {"red", std::nullopt}));
    EXPECT_EQ(cells(column), (Strings{"missing", "red", "missing", "missing"}));
}

TEST(ArrowColumn, RefusesWhatItCannotRead) {
    for (const char* format : {"", "vu", "z", "+l", "d:18", "d:18,2,256", "tsx:", "ts", "tDu", "e"})
        EXPECT_EQ(cells(typed_column<std::int64_t>("x", format, {0})),
                  (Strings{"data.column_type"}))
            << format;
    TestColumn by_real = typed_column<double>("x", "g", {0.0});
    by_real.dictionary = std::make_shared<TestColumn>(text_column("", {"red"}));
    EXPECT_EQ(cells(by_real), (Strings{"data.column_type"}));
}

} // namespace
} // namespace rulebook::data
