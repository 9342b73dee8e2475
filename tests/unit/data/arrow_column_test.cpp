// Columns of every Arrow format that is read, with garbage behind unknowns and shifted offsets.
#include "runtime/data/arrow_column.hpp"

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
}

// Which columns are read without asking for each cell what it is, and what stands in them.
std::optional<std::vector<std::int64_t>> integers(TestColumn column, std::int64_t null_count = -1) {
    TestBatch batch = batch_of({std::move(column)});
    batch.array->children[0]->null_count = null_count;
    const auto opened = ArrowColumn::open(*batch.schema->children[0], *batch.array->children[0]);
    const auto found = opened ? opened->integers() : std::nullopt;
    if (!found)
        return std::nullopt;
    std::vector<std::int64_t> values;
    for (std::size_t row = 0; row < opened->size(); ++row) {
        values.push_back(found->cell(row).value);
        const SourceCell cell = opened->cell(row);
        EXPECT_EQ(found->cell(row).kind, cell.kind);
        EXPECT_EQ(values.back(), cell.integer);
    }
    return values;
}

TEST(ArrowColumn, IntegersWithoutNulls) {
    using Integers = std::vector<std::int64_t>;
    TestColumn column = typed_column<std::int64_t>("x", "l", {9, -1, INT64_MAX});
    EXPECT_EQ(integers(column), (Integers{9, -1, INT64_MAX}));
    column.offset = 1;
    column.rows = 2;
    EXPECT_EQ(integers(column), (Integers{-1, INT64_MAX}));
    column.known = {1, 1};
    EXPECT_EQ(integers(column), std::nullopt); // perhaps there are nulls
    EXPECT_EQ(integers(column, 0), (Integers{-1, INT64_MAX}));
    column.known = {1, 0};
    EXPECT_EQ(integers(column, 1), std::nullopt);
    EXPECT_EQ(integers(typed_column<std::int64_t>("x", "tsu:UTC", {5})), (Integers{5}));
    EXPECT_EQ(integers(typed_column<std::int64_t>("x", "tsu:", {5})), std::nullopt);
    EXPECT_EQ(integers(typed_column<std::int64_t>("x", "tsm:UTC", {5})), std::nullopt);
    EXPECT_EQ(integers(typed_column<std::uint64_t>("x", "L", {5})), std::nullopt);
    EXPECT_EQ(integers(typed_column<std::uint32_t>("x", "I", {5})), std::nullopt);
    EXPECT_EQ(integers(typed_column<std::int32_t>("x", "tdD", {5})), std::nullopt);
    EXPECT_EQ(integers(typed_column<std::int16_t>("x", "s", {5})), std::nullopt);
}

TEST(ArrowColumn, IntegersOf32BitsWithoutNulls) {
    using Integers = std::vector<std::int64_t>;
    TestColumn column = typed_column<std::int32_t>("x", "i", {9, -1, INT32_MAX, INT32_MIN});
    EXPECT_EQ(integers(column), (Integers{9, -1, INT32_MAX, INT32_MIN}));
    column.offset = 1;
    column.rows = 3;
    EXPECT_EQ(integers(column), (Integers{-1, INT32_MAX, INT32_MIN}));
    column.known = {1, 0, 1};
    EXPECT_EQ(integers(column, 1), std::nullopt);
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
