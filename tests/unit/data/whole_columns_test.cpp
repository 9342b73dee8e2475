// Columns that are read as wholes give what reading them cell by cell does: random columns, read
// once more in a struct whose own known bits (all of them set) keep them from being read as wholes.
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <random>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/data/arrow_batch.hpp"
#include "tests/unit/data/example_schema.hpp"

namespace rulebook::data {
namespace {

using namespace testing;
using namespace std::string_literals;

constexpr std::size_t kRows = 96;

class Columns {
public:
    explicit Columns(std::uint64_t seed) : random_(seed) {}

    // Of accounts, as a reader could give them.
    std::vector<TestColumn> accounts() {
        return {text_column("id", keys()), instants(), money(), integers(), plans()};
    }
    std::size_t below(std::size_t bound) {
        return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
    }

private:
    bool once_in(std::size_t times) { return below(times) == 0; }

    TextCells keys() {
        TextCells cells;
        for (std::size_t row = 0; row < kRows; ++row)
            cells.push_back(once_in(40) ? std::nullopt
                                        : std::optional("k" + std::to_string(below(1000))));
        return cells;
    }

    // Some null, in half of the columns that may have them.
    TestColumn with_nulls(TestColumn column, std::size_t times) {
        if (once_in(2))
            return column;
        for (std::size_t row = 0; row < column.rows; ++row)
            column.known.push_back(once_in(times) ? 0 : 1);
        return column;
    }

    TestColumn instants() {
        std::vector<std::int64_t> values(kRows, 1'700'000'000'000'000);
        for (std::int64_t& value : values)
            value += static_cast<std::int64_t>(below(1'000'000'000));
        if (once_in(3))
            values[below(kRows)] = std::numeric_limits<std::int64_t>::max(); // no date
        return with_nulls(typed_column("signed_up_at", "tsu:UTC", values), 30);
    }

    template <class Number>
    std::vector<Number> numbers(std::int64_t least, std::int64_t greatest) {
        std::uniform_int_distribution<std::int64_t> some(least, greatest);
        std::vector<Number> values;
        for (std::size_t row = 0; row < kRows; ++row)
            values.push_back(static_cast<Number>(some(random_)));
        return values;
    }

    TestColumn money() {
        switch (below(4)) {
        case 0:
            return with_nulls(
                typed_column("revenue", "d:9,2,32", numbers<std::int32_t>(-5000, 5000)), 4);
        case 1:
            return with_nulls(
                typed_column("revenue", "d:18,2,64", numbers<std::int64_t>(-5000, 5000)), 4);
        case 2: // not as money is held
            return with_nulls(
                typed_column("revenue", "d:18,3,64", numbers<std::int64_t>(-5000, 5000)), 4);
        default:
            return with_nulls(wide_money(), 4);
        }
    }

    // Some of it is more than 64 bits hold.
    TestColumn wide_money() {
        auto values = numbers<Int128>(-5000, 5000);
        if (once_in(2))
            values[below(kRows)] = Int128{1} << 70;
        if (once_in(2))
            values[below(kRows)] = -(Int128{1} << 64);
        return typed_column("revenue", "d:38,2,128", values);
    }

    // In the field's range, or some of them not.
    TestColumn integers() {
        const std::int64_t greatest = once_in(2) ? 10'000 : 11'000;
        switch (below(4)) {
        case 0:
            return with_nulls(typed_column("employees", "c", numbers<std::int8_t>(-3, 100)), 4);
        case 1:
            return with_nulls(typed_column("employees", "s", numbers<std::int16_t>(0, greatest)),
                              4);
        case 2:
            return with_nulls(typed_column("employees", "i", numbers<std::int32_t>(0, greatest)),
                              4);
        default:
            return with_nulls(typed_column("employees", "l", numbers<std::int64_t>(0, greatest)),
                              4);
        }
    }

    // By indexes, some of them of what is no plan, or of nothing.
    TestColumn plans() {
        TextCells texts{{"free"}, {"team"}, {"basic"}, {"free"}};
        if (once_in(2))
            texts.insert(texts.end(), {{"gold"}, {""}, std::nullopt});
        const std::size_t bound = texts.size() + (once_in(4) ? 1 : 0);
        TestColumn column = typed_column(
            "plan", "C", numbers<std::uint8_t>(0, static_cast<std::int64_t>(bound) - 1));
        column.dictionary = std::make_shared<TestColumn>(text_column("", texts));
        return with_nulls(column, 20);
    }

    std::mt19937_64 random_;
};

// Rows [first, kRows) of the columns; some values mean "missing" if there are `nulls`.
Dataset dataset_of_columns(const std::vector<TestColumn>& columns, std::size_t first, bool by_cell,
                           const std::vector<std::string>& nulls) {
    const plan::Schema schema = example_schema();
    DatasetBuilder builder(schema, {});
    EXPECT_TRUE(builder.set_reading("accounts", {.nulls = nulls}));
    const TestBatch batch = batch_of(columns);
    ArrowArray array = *batch.array;
    const std::vector<std::uint8_t> all(kRows / 8 + 1, 0xff);
    std::array<const void*, 1> buffers{all.data()};
    array.offset = static_cast<std::int64_t>(first);
    array.length = static_cast<std::int64_t>(kRows - first);
    array.n_buffers = by_cell ? 1 : 0;
    array.buffers = buffers.data();
    std::vector<std::uint64_t> rows(kRows - first);
    std::iota(rows.begin(), rows.end(), 1);
    const auto added = builder.add("accounts", *batch.schema, array, "test", rows);
    EXPECT_TRUE(added) << (added ? "" : added.error().message);
    return builder.finish();
}

TEST(WholeColumns, AreReadAsTheirCellsAre) {
    std::map<std::string, std::size_t> rejected;
    std::size_t kept = 0;
    for (std::uint64_t seed = 1; seed <= 400 && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Columns make(seed);
        const auto columns = make.accounts();
        const std::size_t first = seed % 3 == 0 ? make.below(20) : 0;
        const std::vector<std::string> nulls =
            seed % 4 == 0 ? std::vector<std::string>{"", "7", "0.03", "team"} : std::vector{""s};
        const Dataset whole = dataset_of_columns(columns, first, false, nulls);
        const Dataset by_cell = dataset_of_columns(columns, first, true, nulls);
        EXPECT_EQ(shown(whole, kAccount), shown(by_cell, kAccount));
        EXPECT_EQ(shown_rejects(whole), shown_rejects(by_cell));
        EXPECT_EQ(whole.counts()[0].unknowns, by_cell.counts()[0].unknowns);
        EXPECT_EQ(shown_counts(whole, "accounts"), shown_counts(by_cell, "accounts"));
        for (const std::string& reject : shown_rejects(whole))
            ++rejected[reject.substr(reject.find_last_of(' ') + 1)];
        kept += whole.size(kAccount);
    }
    EXPECT_GT(kept, 10'000U);
    EXPECT_GT(rejected["data.missing"], 100U);
    EXPECT_GT(rejected["data.unknown_value"], 100U);
    EXPECT_GT(rejected["data.unreadable_value"], 50U);
}

} // namespace
} // namespace rulebook::data
