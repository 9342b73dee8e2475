#include "tools/incremental/packed.hpp"

#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace rulec::incremental {
namespace {

using rulebook::Int128;

constexpr Int128 kGreatest = (Int128{std::numeric_limits<std::int64_t>::max()} << 64) |
                             std::numeric_limits<std::uint64_t>::max();

TEST(Packed, GivesBackWhatWasWritten) {
    const std::uint64_t numbers[] = {0,   1,   127,
                                     128, 300, std::numeric_limits<std::uint64_t>::max()};
    const Int128 amounts[] = {0, -1, 1, 63, -64, 64, kGreatest, -kGreatest - 1};
    PackedWriter out;
    for (const std::uint64_t number : numbers)
        out.number(number);
    for (const Int128 amount : amounts)
        out.amount(amount);
    out.text("");
    out.text(std::string("a\0b", 3));
    out.bytes("xyz");
    PackedReader in(out.packed());
    for (const std::uint64_t number : numbers)
        EXPECT_EQ(in.number(), number);
    for (const Int128 amount : amounts)
        EXPECT_TRUE(in.amount() == amount) << static_cast<std::int64_t>(amount);
    EXPECT_EQ(in.text(), "");
    EXPECT_EQ(in.text(), std::string_view("a\0b", 3));
    EXPECT_EQ(in.bytes(3), "xyz");
    EXPECT_TRUE(in.sound());
    EXPECT_TRUE(in.at_end());
}

TEST(Packed, SmallNumbersAreShort) {
    PackedWriter out;
    out.number(127);
    out.amount(-64);
    EXPECT_EQ(out.packed().size(), 2U);
}

TEST(Packed, WhatIsCutOffOrTooLongIsToldAndDoesNoHarm) {
    PackedWriter out;
    out.number(1'000'000);
    out.text("a text");
    const std::string whole = out.packed();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        PackedReader in(std::string_view(whole).substr(0, length));
        in.number();
        EXPECT_EQ(in.text(), "") << length;
        EXPECT_FALSE(in.sound()) << length;
        EXPECT_EQ(in.number(), 0U); // and so on
    }
    PackedReader endless(
        std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 13));
    endless.number();
    EXPECT_FALSE(endless.sound());
    PackedReader greedy("\x7f"
                        "abc");
    EXPECT_EQ(greedy.text(), "");
    EXPECT_FALSE(greedy.sound());
}

} // namespace
} // namespace rulec::incremental
