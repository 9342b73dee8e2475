#include "tools/data/read_ahead.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/input/table_text.hpp"
#include "tools/data/text_columns.hpp"

namespace rulec::input {
namespace {

using testing::SizeIs;

constexpr std::size_t kRowsOfBatch = 1000;

// Batches of one column, each with an unreadable record before it, then the end or an error.
class Counting final : public TableReader {
public:
    Counting(std::size_t batches, bool fails) : left_(batches), fails_(fails) {}

    rulebook::Result<TableBatch> next() override {
        TableBatch batch;
        batch.source = "t.csv";
        if (left_ == 0 && fails_)
            return rulebook::make_error("data.unreadable", "broken");
        if (left_ == 0) {
            absent_.push_back({"late", "late", "", "t.csv"});
            return batch;
        }
        --left_;
        unreadable_.push_back({"t.csv", ++row_, "", "", "data.ragged", ""});
        TextColumns columns({true});
        for (std::size_t row = 0; row < kRowsOfBatch; ++row) {
            batch.rows.push_back(++row_);
            columns.append(0, std::to_string(row_));
        }
        const std::vector<std::string> names = {"x"};
        batch.schema = text_schema(names, {true});
        batch.array = columns.take(kRowsOfBatch);
        return batch;
    }
    const std::vector<UnreadableRecord>& unreadable() const override { return unreadable_; }
    const std::vector<AbsentField>& absent_fields() const override { return absent_; }

private:
    std::size_t left_;
    bool fails_;
    std::uint64_t row_ = 0;
    std::vector<UnreadableRecord> unreadable_;
    std::vector<AbsentField> absent_;
};

TEST(ReadAhead, DeliversTheSameInTheSameOrder) {
    for (const std::size_t batches : {0U, 3U, 200U})
        for (const bool fails : {false, true}) {
            Counting plain(batches, fails);
            const auto ahead = read_ahead(std::make_unique<Counting>(batches, fails));
            EXPECT_EQ(lines_of(*ahead), lines_of(plain));
            EXPECT_EQ(ahead->unreadable(), plain.unreadable());
            EXPECT_EQ(ahead->absent_fields(), plain.absent_fields());
            EXPECT_EQ(ahead->next().value().size(), 0U);
        }
}

TEST(ReadAhead, TellsNoUnreadableRecordBeforeItsTime) {
    const auto ahead = read_ahead(std::make_unique<Counting>(100, false));
    for (std::size_t batch = 1; batch <= 100; ++batch) {
        ASSERT_EQ(ahead->next()->size(), kRowsOfBatch);
        ASSERT_THAT(ahead->unreadable(), SizeIs(batch));
    }
}

TEST(ReadAhead, MayBeLeftBeforeTheEnd) {
    const auto ahead = read_ahead(std::make_unique<Counting>(1'000'000, false));
    for (int batch = 0; batch < 100; ++batch)
        ASSERT_EQ(ahead->next()->size(), kRowsOfBatch);
}

} // namespace
} // namespace rulec::input
