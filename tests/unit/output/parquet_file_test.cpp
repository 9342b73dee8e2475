// What is written as Parquet, as DuckDB reads it.
#include "tools/output/parquet_file.hpp"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/unit/input/table_text.hpp"
#include "tools/data/data_source.hpp"

namespace rulec::output {
namespace {

using input::ColumnType;
using input::Folder;
using input::RowSink;
using input::TypedTable;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

std::unique_ptr<input::TableReader> open_table(const Folder& folder,
                                               const input::WantedTable& table) {
    auto source = input::DataSource::open(folder.path(), {});
    return *source->read(table); // the reader outlives the source
}

// As input::lines_of, without the file's name.
std::vector<std::string> written(const Folder& folder, const TypedTable& table) {
    EXPECT_TRUE(write_parquet(table, folder.path() / "t.parquet").has_value());
    input::WantedTable wanted{"t", {}};
    for (const input::TypedColumn& column : table.columns)
        wanted.fields.push_back({column.name});
    std::vector<std::string> lines = lines_of(*open_table(folder, wanted));
    for (std::string& line : lines)
        line = line.substr(line.find(' ') + 1);
    return lines;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Parquet, HoldsTheTypesOfTheTable) {
    const Folder folder;
    const TypedTable table = {"t",
                              {{"name"},
                               {"count", ColumnType::Integer},
                               {"amount", ColumnType::Decimal, 2},
                               {"share", ColumnType::Percent},
                               {"day", ColumnType::Date},
                               {"at", ColumnType::Time},
                               {"sure", ColumnType::Boolean},
                               {"x", ColumnType::Number},
                               {"json", ColumnType::Json}},
                              5000,
                              [](std::size_t row, RowSink& sink) {
                                  sink.text("n" + std::to_string(row));
                                  sink.integer(-static_cast<std::int64_t>(row));
                                  sink.decimal(-5, 1);
                                  sink.percent(125'000);
                                  sink.date(-2);
                                  sink.time(1'000'000);
                                  sink.boolean(row % 3 == 0);
                                  sink.number(0.5);
                                  sink.text("{}");
                              }};
    const auto lines = written(folder, table);
    ASSERT_THAT(lines, SizeIs(5000));
    EXPECT_EQ(lines[4998], "n4998|-4998|-50|125000|-2|1000000|true|0.5|{}");
    EXPECT_EQ(lines[4999], "n4999|-4999|-50|125000|-2|1000000|false|0.5|{}");
    const auto reader = open_table(
        folder,
        {"t",
         {{"name"}, {"count"}, {"amount"}, {"share"}, {"day"}, {"at"}, {"sure"}, {"x"}, {"json"}}});
    EXPECT_THAT(formats_of(*reader->next()),
                ElementsAre("u", "l", "d:18,2,64", "d:18,6,64", "tdD", "tsu:UTC", "b", "g", "C"));
    ASSERT_TRUE(write_parquet(table, folder.path() / "u.parquet").has_value());
    EXPECT_EQ(bytes_of(folder.path() / "t.parquet"), bytes_of(folder.path() / "u.parquet"));
}

// By columns: the same file, whichever way texts come, and where they are too long for one group.
TEST(Parquet, TakesColumnsAsRows) {
    const Folder folder;
    const std::vector<std::string> few = {"one", "two", "never"};
    for (const std::size_t length : {std::size_t{3}, std::size_t{3'000}}) {
        TypedTable table = {"t",
                            {{"coded"}, {"mixed"}, {"amount", ColumnType::Decimal, 2}, {"long"}},
                            30'000,
                            [&](std::size_t row, RowSink& sink) {
                                row % 5 == 2 ? sink.null() : sink.text(few[row % 2]);
                                sink.text(row < 9'000 ? few[row % 2] : std::to_string(row));
                                sink.decimal(static_cast<std::int64_t>(row % 700), 1);
                                sink.text(std::string(length, 'x') + std::to_string(row));
                            }};
        ASSERT_TRUE(write_parquet(table, folder.path() / "rows.parquet"));
        table.write_column = [&](std::size_t column, std::size_t first, std::size_t last,
                                 RowSink& sink) {
            if (column == 1 && first == 0) {
                std::vector<std::uint32_t> codes;
                for (std::size_t row = first; row < last; ++row)
                    codes.push_back(row % 2);
                return sink.texts(codes, few);
            }
            for (std::size_t row = first; row < last; ++row) {
                if (column == 0 && row % 5 == 2) {
                    sink.null();
                } else if (column == 0) {
                    const std::uint32_t code = row % 2;
                    sink.texts(std::span(&code, 1), few);
                } else if (column == 1) {
                    sink.text(row < 9'000 ? few[row % 2] : std::to_string(row));
                } else if (column == 2) {
                    sink.decimal(static_cast<std::int64_t>(row % 700), 1);
                } else {
                    sink.text(std::string(length, 'x') + std::to_string(row));
                }
            }
        };
        ASSERT_TRUE(write_parquet(table, folder.path() / "columns.parquet"));
        EXPECT_EQ(bytes_of(folder.path() / "rows.parquet"),
                  bytes_of(folder.path() / "columns.parquet"));
    }
}

// Every column: known in some rows, in all, in none.
TEST(Parquet, HoldsWhatIsMissing) {
    const Folder folder;
    const TypedTable table = {"t",
                              {{"name"},
                               {"few"},
                               {"count", ColumnType::Integer},
                               {"day", ColumnType::Date},
                               {"x", ColumnType::Number},
                               {"sure", ColumnType::Boolean},
                               {"none"},
                               {"nothing", ColumnType::Integer}},
                              2000,
                              [](std::size_t row, RowSink& sink) {
                                  if (row % 7 == 3) {
                                      for (int cell = 0; cell < 8; ++cell)
                                          sink.null();
                                      return;
                                  }
                                  const auto number = static_cast<std::int32_t>(row);
                                  sink.text("n" + std::to_string(row));
                                  sink.text(row % 2 == 0 ? "even" : "");
                                  sink.integer(number);
                                  sink.date(number);
                                  sink.number(number);
                                  sink.boolean(row % 2 == 0);
                                  sink.null();
                                  sink.null();
                              }};
    const auto lines = written(folder, table);
    ASSERT_THAT(lines, SizeIs(2000));
    for (std::size_t row = 0; row < lines.size(); ++row)
        EXPECT_EQ(lines[row], row % 7 == 3   ? "~|~|~|~|~|~|~|~"
                              : row % 2 == 0 ? fmt::format("n{0}|even|{0}|{0}|{0}|true|~|~", row)
                                             : fmt::format("n{0}||{0}|{0}|{0}|false|~|~", row));
}

// Beyond one row group: by two threads where rows may be asked for at random, else by one and in
// their order.
TEST(Parquet, HoldsManyRowsInTheirOrder) {
    constexpr std::size_t kRows = 500'000;
    std::size_t next = 0;
    TypedTable table = {"t",
                        {{"x", ColumnType::Integer}, {"name"}, {"few"}},
                        kRows,
                        [&](std::size_t row, RowSink& sink) {
                            EXPECT_EQ(row, next++);
                            sink.integer(static_cast<std::int64_t>(row));
                            sink.text(std::to_string(row));
                            sink.text(std::to_string(row % 5000));
                        }};
    const Folder folder;
    const auto lines = written(folder, table);
    EXPECT_EQ(next, kRows);
    ASSERT_THAT(lines, SizeIs(kRows));
    for (std::size_t row = 0; row < kRows; ++row)
        ASSERT_EQ(lines[row], fmt::format("{0}|{0}|{1}", row, row % 5000));
    table.at_random = true;
    table.write = [](std::size_t row, RowSink& sink) {
        sink.integer(static_cast<std::int64_t>(row));
        sink.text(std::to_string(row));
        sink.text(std::to_string(row % 5000));
    };
    ASSERT_TRUE(write_parquet(table, folder.path() / "u.parquet").has_value());
    EXPECT_EQ(bytes_of(folder.path() / "t.parquet"), bytes_of(folder.path() / "u.parquet"));
}

TEST(Parquet, HoldsLongTexts) {
    const Folder folder;
    const TypedTable table = {"t", {{"name"}}, 100, [](std::size_t row, RowSink& sink) {
                                  sink.text(
                                      std::string(3'000'000, static_cast<char>('a' + row % 26)));
                              }};
    const auto lines = written(folder, table);
    ASSERT_THAT(lines, SizeIs(100));
    for (std::size_t row = 0; row < lines.size(); ++row)
        EXPECT_TRUE(lines[row] == std::string(3'000'000, static_cast<char>('a' + row % 26)));
}

TEST(Parquet, MayBeEmpty) {
    const Folder folder;
    EXPECT_THAT(written(folder, {"t", {{"name"}}, 0, [](std::size_t, RowSink&) {}}), SizeIs(0));
}

TEST(Parquet, RefusesDecimalsOfMoreThan18Digits) {
    const Folder folder;
    const TypedTable large = {
        "t", {{"amount", ColumnType::Decimal, 2}}, 1, [](std::size_t, RowSink& sink) {
            sink.decimal(1'000'000'000'000'000'000, 2);
        }};
    const auto written = write_parquet(large, folder.path() / "t.parquet");
    EXPECT_THAT(written.error().message, HasSubstr("an amount of `amount`"));
}

} // namespace
} // namespace rulec::output
