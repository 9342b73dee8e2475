#include "runtime/learn/journey_counts.hpp"

#include <gtest/gtest.h>

#include "tests/unit/learn/paths.hpp"

namespace rulebook::learn {
namespace {

TEST(JourneyCounts, CountsChannelsByNameAndTransitionsBetweenThem) {
    const JourneyGraph graph = graph_of({{"BA", 2, 1}, {"A", 0, 4}, {"", 1, 1}});
    const std::vector<Channel> channels{{"A", 7, 2, 7, 2}, {"B", 3, 2, 3, 0}};
    EXPECT_EQ(graph.channels, channels);
    EXPECT_EQ(graph.transitions, (std::vector<Transition>{{1, 0, 3}}));
    EXPECT_EQ(graph.journeys, 9U);
    EXPECT_EQ(graph.conversions, 3U);
    EXPECT_EQ(graph.without_channel, 2U);
    EXPECT_EQ(graph.merged, 0U);
}

TEST(JourneyCounts, EqualChannelsThatFollowEachOtherAreOne) {
    const JourneyGraph graph = graph_of({{"AABBBA", 1, 1}});
    EXPECT_EQ(graph.channels, (std::vector<Channel>{{"A", 2, 1, 4, 1}, {"B", 2, 1, 2, 0}}));
    EXPECT_EQ(graph.transitions, (std::vector<Transition>{{0, 1, 2}, {1, 0, 2}}));
    EXPECT_EQ(graph.merged, 6U);
}

TEST(JourneyCounts, JourneysThatNobodyMadeLeaveNothingBehind) {
    EXPECT_EQ(graph_of({{"AB", 0, 0}}), JourneyGraph());
}

TEST(JourneyCounts, PartsAddUpToTheWholeInWhateverOrder) {
    const std::vector<Path> paths{{"CAB", 1, 0}, {"BBA", 2, 3}, {"ACAC", 0, 5}, {"", 1, 0}};
    JourneyCounts whole;
    JourneyCounts first;
    JourneyCounts second;
    for (const Path& path : paths)
        ASSERT_TRUE(add(whole, path));
    ASSERT_TRUE(add(second, paths[3]));
    ASSERT_TRUE(add(second, paths[1]));
    ASSERT_TRUE(add(first, paths[2]));
    ASSERT_TRUE(add(first, paths[0]));
    ASSERT_TRUE(second.add(first));
    EXPECT_EQ(second.graph(), whole.graph());
}

TEST(JourneyCounts, RefusesCountsThatWouldNotBeExact) {
    constexpr std::uint64_t half = std::uint64_t{1} << 52U;
    JourneyCounts counts;
    ASSERT_TRUE(add(counts, {"", half, 0}));
    const JourneyGraph before = counts.graph();
    for (const Path& path : {Path{"", half + 1, 0}, Path{"A", half, 0}, Path{"", UINT64_MAX, 0},
                             Path{"AB", UINT64_MAX, UINT64_MAX}}) {
        const auto added = add(counts, path);
        ASSERT_FALSE(added);
        EXPECT_EQ(added.error().code, "learn.too_many");
        EXPECT_EQ(counts.graph(), before);
    }
    JourneyCounts full = counts;
    EXPECT_TRUE(full.add(counts));
    EXPECT_FALSE(full.add(counts));
    EXPECT_TRUE(add(counts, {"", half - 1, 0}));
}

} // namespace
} // namespace rulebook::learn
