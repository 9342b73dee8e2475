// Rows that waited on the disk are the rows that were added.
#include <csignal>
#include <filesystem>
#include <limits>
#include <string>
#include <sys/resource.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/output/row_spool.hpp"

namespace rulec::output {
namespace {

using input::ColumnType;
using input::RowSink;
using input::TypedTable;

// Cells as text, with what they are.
class Shown final : public RowSink {
public:
    void null() override { shown += "- "; }
    void text(std::string_view value) override { shown += "'" + std::string(value) + "' "; }
    void integer(std::int64_t value) override { shown += "i" + std::to_string(value) + " "; }
    void number(double value) override { shown += "n" + std::to_string(value) + " "; }
    void boolean(bool value) override { shown += value ? "true " : "false "; }
    void decimal(std::int64_t units, int decimals) override {
        shown += std::to_string(units) + "e-" + std::to_string(decimals) + " ";
    }
    void percent(std::int64_t value) override { shown += "%" + std::to_string(value) + " "; }
    void date(std::int32_t days) override { shown += "d" + std::to_string(days) + " "; }
    void time(std::int64_t value) override { shown += "t" + std::to_string(value) + " "; }

    std::string shown;
};

TypedTable table(std::size_t rows, std::size_t first = 0) {
    return {"things",
            {{"a"}, {"b"}, {"c"}, {"d"}, {"e"}, {"f"}, {"g"}, {"h"}, {"i"}},
            rows,
            [first](std::size_t row, RowSink& sink) {
                const std::size_t number = first + row;
                sink.text(std::string(number % 50'000, 'x')); // larger than a buffer, too
                sink.integer(std::numeric_limits<std::int64_t>::min());
                sink.number(0.5);
                sink.boolean(number % 2 == 0);
                sink.decimal(-static_cast<std::int64_t>(number), 2);
                sink.percent(125'000);
                sink.date(-1);
                sink.time(std::numeric_limits<std::int64_t>::max());
                sink.null();
            }};
}

std::string shown(const TypedTable& rows) {
    Shown sink;
    for (std::size_t row = 0; row < rows.rows; ++row)
        rows.write(row, sink);
    return sink.shown;
}

TEST(RowSpool, GivesBackWhatWasAdded) {
    auto spool = RowSpool::make(std::filesystem::temp_directory_path());
    ASSERT_TRUE(spool);
    spool->add(table(700));
    spool->add(table(0));
    spool->add(table(300, 700));
    ASSERT_TRUE(spool->finish());
    const TypedTable back = spool->table();
    EXPECT_EQ(back.name, "things");
    EXPECT_EQ(back.rows, 1'000U);
    EXPECT_EQ(back.columns, table(0).columns);
    EXPECT_TRUE(shown(back) == shown(table(1'000)));
    EXPECT_TRUE(shown(back) == shown(table(1'000))) << "and once more";
    EXPECT_TRUE(spool->read_fault());
}

TEST(RowSpool, RowsAreGivenFromTheFirstOn) {
    auto spool = RowSpool::make(std::filesystem::temp_directory_path());
    spool->add(table(3));
    ASSERT_TRUE(spool->finish());
    Shown sink;
    spool->table().write(2, sink);
    EXPECT_FALSE(spool->read_fault()) << "not what the caller believes it to be";
}

TEST(RowSpool, AFullDiskIsTold) {
    const auto fill = [] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit little{1'000, 1'000};
        ::setrlimit(RLIMIT_FSIZE, &little);
        auto spool = RowSpool::make(std::filesystem::temp_directory_path());
        spool->add(table(2'000));
        std::_Exit(!spool->finish() && spool->finish().error().code == "output.unwritable" ? 42
                                                                                           : 1);
    };
    EXPECT_EXIT(fill(), ::testing::ExitedWithCode(42), "");
    EXPECT_EQ(RowSpool::make("/no/such/folder").error().code, "output.unwritable");
}

} // namespace
} // namespace rulec::output
