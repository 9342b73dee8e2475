// What is written as Arrow's file format, followed from its end to its values by the numbers of the
// format's specification. tests/docs/arrow_readers_test.py has other people's readers read it.
#include "tools/output/arrow_file.hpp"

#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <flatbuffers/flatbuffers.h>

#include "tests/unit/input/table_text.hpp"

namespace rulec::output {
namespace {

using input::ColumnType;
using input::Folder;
using input::RowSink;
using input::TypedTable;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

using Tables = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::Table>>;

struct Block {
    std::int64_t offset;
    std::int32_t metadata_length;
    std::int32_t padding;
    std::int64_t body_length;
};
struct Pair { // a node or a buffer
    std::int64_t first;
    std::int64_t second;
};

flatbuffers::voffset_t place(int field) {
    return flatbuffers::FieldIndexToOffset(static_cast<flatbuffers::voffset_t>(field));
}

const flatbuffers::Table* table_in(const flatbuffers::Table* table, int field) {
    return table->GetPointer<const flatbuffers::Table*>(place(field));
}

std::string text_in(const flatbuffers::Table* table, int field) {
    const auto* text = table->GetPointer<const flatbuffers::String*>(place(field));
    return text == nullptr ? "" : text->str();
}

template <class Struct>
std::vector<Struct> structs_in(const flatbuffers::Table* table, int field) {
    const auto* list = table->GetPointer<const flatbuffers::Vector<std::uint8_t>*>(place(field));
    std::vector<Struct> values(list->size());
    if (!values.empty())
        std::memcpy(values.data(), list->Data(), values.size() * sizeof(Struct));
    return values;
}

// One record batch of a file.
struct Batch {
    std::int64_t rows = 0;
    std::vector<Pair> nodes;
    std::vector<std::string> buffers;
};

class ArrowFile {
public:
    explicit ArrowFile(const TypedTable& table) {
        const Folder folder;
        EXPECT_TRUE(write_arrow(table, folder.path() / "t.arrow").has_value());
        std::ifstream file(folder.path() / "t.arrow", std::ios::binary);
        bytes_ = {std::istreambuf_iterator<char>(file), {}};
        EXPECT_TRUE(bytes_.starts_with(std::string("ARROW1\0\0", 8)));
        EXPECT_TRUE(bytes_.ends_with("ARROW1"));
        const std::size_t length_at = bytes_.size() - 10;
        footer_bytes_ = bytes_.substr(length_at - number<std::uint32_t>(length_at),
                                      number<std::uint32_t>(length_at));
        footer_ = flatbuffers::GetRoot<flatbuffers::Table>(footer_bytes_.data());
        EXPECT_EQ(footer_->GetField<std::int16_t>(place(0), 0), 4); // version 5
    }

    // Name, number of the type, and its whole numbers.
    std::vector<std::string> fields() const {
        std::vector<std::string> fields;
        for (const auto* field : *table_in(footer_, 1)->GetPointer<const Tables*>(place(1))) {
            const auto* type = table_in(field, 3);
            EXPECT_EQ(field->GetField<std::uint8_t>(place(1), 0), 1) << "may be null";
            std::string text = text_in(field, 0) + " " +
                               std::to_string(field->GetField<std::uint8_t>(place(2), 0));
            const auto number = field->GetField<std::uint8_t>(place(2), 0);
            if (number == 2 || number == 7)
                text += " " + std::to_string(type->GetField<std::int32_t>(place(0), 0)) + " " +
                        std::to_string(type->GetField<std::int32_t>(place(1), 0) & 0xFF);
            if (number == 3 || number == 8 || number == 10)
                text += " " + std::to_string(type->GetField<std::int16_t>(
                                  place(0), number == 8 ? std::int16_t{1} : std::int16_t{0}));
            if (number == 10)
                text += " " + text_in(type, 1);
            fields.push_back(text);
        }
        return fields;
    }

    std::vector<Batch> batches() const {
        std::vector<Batch> batches;
        for (const Block& block : structs_in<Block>(footer_, 3))
            batches.push_back(batch_at(block));
        return batches;
    }

private:
    template <class Number>
    Number number(std::size_t at) const {
        Number value;
        std::memcpy(&value, bytes_.data() + at, sizeof value);
        return value;
    }

    Batch batch_at(const Block& block) const {
        const auto at = static_cast<std::size_t>(block.offset);
        EXPECT_EQ(number<std::uint32_t>(at), 0xffffffffU);
        EXPECT_EQ(number<std::int32_t>(at + 4), block.metadata_length - 8);
        const std::string metadata =
            bytes_.substr(at + 8, static_cast<std::size_t>(block.metadata_length) - 8);
        flatbuffers::Verifier verifier(reinterpret_cast<const std::uint8_t*>(metadata.data()),
                                       metadata.size());
        const auto* message = flatbuffers::GetRoot<flatbuffers::Table>(metadata.data());
        EXPECT_TRUE(message->VerifyTableStart(verifier));
        EXPECT_EQ(message->GetField<std::uint8_t>(place(1), 0), 3); // a record batch
        EXPECT_EQ(message->GetField<std::int64_t>(place(3), 0), block.body_length);
        const std::size_t body = at + static_cast<std::size_t>(block.metadata_length);
        EXPECT_EQ(body % 64, 0U);
        const auto* described = table_in(message, 2);
        Batch batch;
        batch.rows = described->GetField<std::int64_t>(place(0), 0);
        batch.nodes = structs_in<Pair>(described, 1);
        for (const Pair& buffer : structs_in<Pair>(described, 2)) {
            EXPECT_EQ(buffer.first % 64, 0);
            EXPECT_LE(buffer.first + buffer.second, block.body_length);
            batch.buffers.push_back(bytes_.substr(body + static_cast<std::size_t>(buffer.first),
                                                  static_cast<std::size_t>(buffer.second)));
        }
        return batch;
    }

    std::string bytes_;
    std::string footer_bytes_;
    const flatbuffers::Table* footer_ = nullptr;
};

template <class Number>
std::vector<Number> numbers_in(const std::string& buffer) {
    std::vector<Number> numbers(buffer.size() / sizeof(Number));
    std::memcpy(numbers.data(), buffer.data(), numbers.size() * sizeof(Number));
    return numbers;
}

TypedTable every_type() {
    return {"t",
            {{"name"},
             {"count", ColumnType::Integer},
             {"amount", ColumnType::Decimal, 2},
             {"share", ColumnType::Percent},
             {"day", ColumnType::Date},
             {"at", ColumnType::Time},
             {"sure", ColumnType::Boolean},
             {"x", ColumnType::Number},
             {"json", ColumnType::Json}},
            3,
            [](std::size_t row, RowSink& sink) {
                if (row == 1) {
                    for (int cell = 0; cell < 9; ++cell)
                        sink.null();
                    return;
                }
                sink.text(row == 0 ? "one" : "");
                sink.integer(-7);
                sink.decimal(-5, 1);
                sink.percent(125'000);
                sink.date(-2);
                sink.time(1'000'000);
                sink.boolean(row == 2);
                sink.number(0.5);
                sink.text("{}");
            }};
}

TEST(Arrow, NamesTheTypesOfTheTable) {
    EXPECT_THAT(ArrowFile(every_type()).fields(),
                ElementsAre("name 5", "count 2 64 1", "amount 7 18 2", "share 7 18 6", "day 8 0",
                            "at 10 2 UTC", "sure 6", "x 3 2", "json 5"));
}

TEST(Arrow, HoldsValuesAndWhatIsMissing) {
    const auto batches = ArrowFile(every_type()).batches();
    ASSERT_THAT(batches, SizeIs(1));
    const Batch& batch = batches[0];
    EXPECT_EQ(batch.rows, 3);
    ASSERT_THAT(batch.nodes, SizeIs(9));
    for (const Pair& node : batch.nodes) {
        EXPECT_EQ(node.first, 3);
        EXPECT_EQ(node.second, 1);
    }
    ASSERT_THAT(batch.buffers, SizeIs(9 * 2 + 2)); // texts have three each
    EXPECT_EQ(batch.buffers[0], "\x05");
    EXPECT_THAT(numbers_in<std::int32_t>(batch.buffers[1]), ElementsAre(0, 3, 3, 3));
    EXPECT_EQ(batch.buffers[2], "one");
    EXPECT_THAT(numbers_in<std::int64_t>(batch.buffers[4]), ElementsAre(-7, 0, -7));
    EXPECT_THAT(numbers_in<std::int64_t>(batch.buffers[6]), ElementsAre(-50, -1, 0, 0, -50, -1));
    EXPECT_THAT(numbers_in<std::int64_t>(batch.buffers[8]),
                ElementsAre(125'000, 0, 0, 0, 125'000, 0));
    EXPECT_THAT(numbers_in<std::int32_t>(batch.buffers[10]), ElementsAre(-2, 0, -2));
    EXPECT_THAT(numbers_in<std::int64_t>(batch.buffers[12]), ElementsAre(1'000'000, 0, 1'000'000));
    EXPECT_EQ(batch.buffers[14], "\x04");
    EXPECT_THAT(numbers_in<double>(batch.buffers[16]), ElementsAre(0.5, 0, 0.5));
    EXPECT_EQ(batch.buffers[19], "{}{}");
}

TEST(Arrow, LeavesOutWhichAreKnownWhereAllAre) {
    const auto batches = ArrowFile({"t",
                                    {{"x", ColumnType::Integer}},
                                    200'000,
                                    [](std::size_t row, RowSink& sink) {
                                        sink.integer(static_cast<std::int64_t>(row));
                                    }})
                             .batches();
    ASSERT_THAT(batches, SizeIs(4));
    std::int64_t next = 0;
    for (const Batch& batch : batches) {
        EXPECT_EQ(batch.buffers[0], "");
        for (const std::int64_t value : numbers_in<std::int64_t>(batch.buffers[1]))
            ASSERT_EQ(value, next++);
    }
    EXPECT_EQ(next, 200'000);
}

TEST(Arrow, MayBeEmpty) {
    EXPECT_THAT(ArrowFile({"t", {{"name"}}, 0, [](std::size_t, RowSink&) {}}).batches(), SizeIs(0));
}

TEST(Arrow, RefusesDecimalsOfMoreThan18Digits) {
    const Folder folder;
    const TypedTable large = {
        "t", {{"amount", ColumnType::Decimal, 2}}, 1, [](std::size_t, RowSink& sink) {
            sink.decimal(1'000'000'000'000'000'000, 2);
        }};
    const auto written = write_arrow(large, folder.path() / "t.arrow");
    ASSERT_FALSE(written.has_value());
    EXPECT_THAT(written.error().message, HasSubstr("an amount of `amount`"));
}

} // namespace
} // namespace rulec::output
