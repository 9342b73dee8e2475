#include "runtime/data/column_builder.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace rulebook::data {
namespace {

// Texts of which hardly any comes twice until `count`, and then the first ones again.
std::vector<std::string> mostly_distinct(std::size_t count) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i)
        texts.push_back("user " + std::to_string(i * 7919 % count));
    texts.insert(texts.end(), texts.begin(), texts.begin() + 50);
    return texts;
}

ColumnBuilder sealed(const std::vector<std::string>& texts, TextCodes codes) {
    ColumnBuilder builder(plan::Type::of(plan::TypeKind::Text), codes);
    for (const std::string& text : texts)
        builder.add_text(text);
    builder.seal();
    return builder;
}

int sign(int order) {
    return order < 0 ? -1 : (order > 0 ? 1 : 0);
}

TEST(ColumnBuilder, ComparesTextsAlikeWhetherTheyAreSortedOrNot) {
    const auto texts = mostly_distinct(100'000);
    const ColumnBuilder loose = sealed(texts, TextCodes::SortedIfFew);
    const ColumnBuilder sorted = sealed(texts, TextCodes::Sorted);
    ASSERT_FALSE(loose.column().dictionary().is_sorted());
    ASSERT_TRUE(sorted.column().dictionary().is_sorted());
    const auto last = static_cast<RowIndex>(texts.size() - 1);
    for (RowIndex row = 0; row <= last; ++row) {
        ASSERT_EQ(loose.column().text(row), texts[row]);
        const int order = sign(texts[row].compare(texts[last - row]));
        ASSERT_EQ(sign(loose.column().compare(row, last - row)), order);
        ASSERT_EQ(sign(sorted.column().compare(row, last - row)), order);
    }
    for (RowIndex row = 0; row < 50; ++row)
        ASSERT_EQ(loose.column().compare(row, 100'000 + row), 0);
}

TEST(ColumnBuilder, SortsFewTextsInAnyCase) {
    const ColumnBuilder builder = sealed({"b", "a", "b"}, TextCodes::SortedIfFew);
    EXPECT_TRUE(builder.column().dictionary().is_sorted());
    EXPECT_EQ(builder.column().dictionary().size(), 2U);
}

// The second column is put into the memory of the first.
TEST(ColumnBuilder, TakesRowsInAnOrder) {
    ColumnBuilder::Spare spare;
    for (const std::int64_t shift : {0, 1000}) {
        ColumnBuilder builder(plan::Type::of(plan::TypeKind::Int));
        for (std::int64_t value = 0; value < 100; ++value)
            builder.add_integer(value + shift);
        builder.add_unknown(plan::Cause::OutOfRange);
        builder.seal();
        const std::vector<RowIndex> order{100, 7, 99, 0};
        const Column taken = builder.take(order, spare);
        ASSERT_EQ(taken.size(), 4U);
        EXPECT_FALSE(taken.known(0));
        EXPECT_EQ(taken.cause(0), plan::Cause::OutOfRange);
        EXPECT_TRUE(taken.known(1));
        EXPECT_EQ(taken.integer(1), shift + 7);
        EXPECT_EQ(taken.integer(2), shift + 99);
        EXPECT_EQ(taken.integer(3), shift);
    }
}

} // namespace
} // namespace rulebook::data
