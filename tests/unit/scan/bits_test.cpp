#include "runtime/scan/bits.hpp"

#include <algorithm>

#include <gmock/gmock.h>

namespace rulebook::scan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::size_t> set_between(const Plane& plane, std::size_t first, std::size_t last) {
    std::vector<std::size_t> places;
    for_each_bit_between(plane, first, last, [&](std::size_t place) { places.push_back(place); });
    return places;
}

TEST(Bits, AreGivenByPlace) {
    std::vector<std::size_t> places;
    for_each_bit(Word{1} << 63 | 0b101, 64, [&](std::size_t place) { places.push_back(place); });
    EXPECT_THAT(places, ElementsAre(64, 66, 127));
}

TEST(Bits, HaveAsManyWordsAsTheyNeed) {
    EXPECT_EQ(words_for(0), 0);
    EXPECT_EQ(words_for(1), 1);
    EXPECT_EQ(words_for(64), 1);
    EXPECT_EQ(words_for(65), 2);
}

TEST(Bits, BetweenTwoPlacesOfOneWordOrOfSeveral) {
    const Plane all(3, ~Word{0});
    EXPECT_THAT(set_between(all, 0, 0), IsEmpty());
    EXPECT_THAT(set_between(all, 64, 64), IsEmpty());
    EXPECT_THAT(set_between(all, 3, 5), ElementsAre(3, 4));
    EXPECT_THAT(set_between(all, 62, 66), ElementsAre(62, 63, 64, 65));
    for (std::size_t first = 0; first <= 192; ++first)
        for (std::size_t last = first; last <= 192; ++last) {
            const auto places = set_between(all, first, last);
            ASSERT_EQ(places.size(), last - first) << first << " to " << last;
            if (!places.empty())
                ASSERT_TRUE(places.front() == first && places.back() == last - 1);
        }
}

TEST(Bits, PassesOverThoseThatAreNotSet) {
    const Plane plane{Word{1} << 63, 0, 0b10};
    EXPECT_THAT(set_between(plane, 0, 192), ElementsAre(63, 129));
    EXPECT_THAT(set_between(plane, 64, 129), IsEmpty());
}

} // namespace
} // namespace rulebook::scan
