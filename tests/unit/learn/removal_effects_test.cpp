#include "runtime/learn/removal_effects.hpp"

#include <gtest/gtest.h>

#include "runtime/learn/journey_solution.hpp"
#include "tests/unit/learn/paths.hpp"

namespace rulebook::learn {
namespace {

std::vector<ChannelWeight> weights(const std::vector<Path>& paths) {
    return removal_effects(graph_of(paths)).value_or(std::vector<ChannelWeight>{});
}

std::string error_of(const std::vector<Path>& paths) {
    const auto found = removal_effects(graph_of(paths));
    return found ? "" : found.error().code;
}

// By hand: without A 1 of 4 conversions is left, without B 5/28 of them.
TEST(RemovalEffects, OfACircleAreThoseByHand) {
    const auto found = weights({{"AB", 2, 0}, {"A", 0, 1}, {"B", 1, 1}, {"AABA", 1, 1}});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_DOUBLE_EQ(found[0].removal_effect, 3.0 / 4);
    EXPECT_DOUBLE_EQ(found[1].removal_effect, 23.0 / 28);
    EXPECT_DOUBLE_EQ(found[0].omega, 21.0 / 44);
    EXPECT_DOUBLE_EQ(found[1].omega, 23.0 / 44);
}

TEST(RemovalEffects, OneChannelTakesAll) {
    const auto found = weights({{"A", 1, 9}});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].removal_effect, 1.0);
    EXPECT_EQ(found[0].omega, 1.0);
}

// The chain goes on from B as any journey does that comes to B.
TEST(RemovalEffects, AChannelThatNeverConvertedMayLeadToOneThatDoes) {
    const auto found = weights({{"AB", 0, 1}, {"B", 1, 0}});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_DOUBLE_EQ(found[0].removal_effect, 0.5);
    EXPECT_DOUBLE_EQ(found[1].removal_effect, 1.0);
}

TEST(RemovalEffects, WhatLeadsNowhereHasExactlyNone) {
    const auto found = weights({{"AXYXY", 0, 3}, {"YZ", 0, 7}, {"A", 1, 0}, {"AB", 1, 2}});
    ASSERT_EQ(found.size(), 5U);
    for (const std::size_t channel : {2U, 3U, 4U})
        EXPECT_EQ(found[channel].removal_effect, 0.0) << channel;
    EXPECT_DOUBLE_EQ(found[0].removal_effect, 1.0);
    EXPECT_GT(found[1].removal_effect, 0.0);
}

// A conversion without a touch is lost by no removal; how the channels compare stays.
TEST(RemovalEffects, ConversionsWithoutTouchLowerAllEffectsAlike) {
    const std::vector<Path> paths{{"AB", 2, 0}, {"A", 0, 1}, {"B", 1, 1}, {"AABA", 1, 1}};
    auto more = paths;
    more.push_back({"", 4, 0});
    more.push_back({"", 0, 5});
    const auto found = weights(more);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_DOUBLE_EQ(found[0].removal_effect, 3.0 / 8);
    EXPECT_DOUBLE_EQ(found[0].omega, weights(paths)[0].omega);
}

TEST(RemovalEffects, SaysWhyNothingCanBeLearnt) {
    EXPECT_EQ(error_of({}), "learn.no_conversion");
    EXPECT_EQ(error_of({{"AB", 0, 3}}), "learn.no_conversion");
    EXPECT_EQ(error_of({{"", 3, 0}, {"A", 0, 3}}), "learn.no_channel");
    JourneyCounts counts;
    for (std::size_t i = 0; i <= kMostChannels; ++i) {
        const std::vector<ChannelIndex> one{counts.channel(std::to_string(i))};
        ASSERT_TRUE(counts.add(one, 1, 0));
    }
    const auto found = removal_effects(counts.graph());
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, "learn.too_many_channels");
}

} // namespace
} // namespace rulebook::learn
