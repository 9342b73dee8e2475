// What keeps a table in the order of accounts, and its keys apart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/data/key_watch.hpp"
#include "tools/data/sort_key.hpp"

namespace rulec::input {
namespace {

using rulebook::data::SourceCell;
using rulebook::plan::TypeKind;

SourceCell text(std::string_view value) {
    return {.kind = SourceCell::Kind::Text, .text = value};
}
SourceCell whole(std::int64_t value) {
    return {.kind = SourceCell::Kind::Integer, .integer = value};
}
std::string key(TypeKind kind, const SourceCell& cell) {
    return std::string(SortKey(kind).read(cell).value_or("(none)"));
}

TEST(SortKey, TextIsInTheOrderOfItsBytes) {
    EXPECT_EQ(key(TypeKind::Text, text("a10")), "a10");
    EXPECT_EQ(key(TypeKind::Text, text(" a ")), " a ") << "blanks are part of a key";
    EXPECT_EQ(key(TypeKind::Text, whole(12)), "12");
    EXPECT_EQ(key(TypeKind::Text, text("  ")), "(none)");
    EXPECT_EQ(key(TypeKind::Text, {}), "(none)");
}

TEST(SortKey, WholeNumbersAreInTheirOrder) {
    const std::int64_t ascending[] = {
        std::numeric_limits<std::int64_t>::min(), -300, -1, 0, 1, 9, 10, 256,
        std::numeric_limits<std::int64_t>::max()};
    for (std::size_t i = 1; i < std::size(ascending); ++i)
        EXPECT_LT(key(TypeKind::Int, whole(ascending[i - 1])),
                  key(TypeKind::Int, whole(ascending[i])));
    EXPECT_EQ(key(TypeKind::Int, text("010")), key(TypeKind::Int, whole(10)));
    EXPECT_EQ(key(TypeKind::Int, text("ten")), "(none)");
    EXPECT_FALSE(SortKey::can_read(TypeKind::Money));
}

// Whether the chunks' keys are apart, by ranges and by every key.
bool apart(KeyWatch::How how, const std::vector<std::vector<std::string_view>>& chunks) {
    KeyWatch watch(how);
    for (const auto& chunk : chunks) {
        for (const std::string_view each : chunk)
            watch.add(each);
        if (!watch.end_chunk())
            return false;
    }
    return watch.end();
}

TEST(KeyWatch, RangesThatMeetAreNotApart) {
    constexpr auto kRange = KeyWatch::How::ByRange;
    EXPECT_TRUE(apart(kRange, {{"b", "a", "b"}, {}, {"d", "c"}, {"e"}}));
    EXPECT_FALSE(apart(kRange, {{"a", "c"}, {"b"}}));
    EXPECT_FALSE(apart(kRange, {{"a", "c"}, {}, {"c"}}));
}

TEST(KeyWatch, RememberedKeysMayBeInAnyOrder) {
    constexpr auto kKey = KeyWatch::How::ByKey;
    EXPECT_TRUE(apart(kKey, {{"a", "c", "c"}, {"b"}, {}}));
    EXPECT_FALSE(apart(kKey, {{"a", "c"}, {"b"}, {"a"}}));
}

} // namespace
} // namespace rulec::input
