// Models that weigh touches: decay, milestones, weights of keys, learnt weights.
#include "runtime/credit/division.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/credit/offers.hpp"

namespace rulebook::credit {
namespace {

using plan::SplitModel;
using testing::ElementsAre;

std::vector<Touch> days_before_close(const std::vector<std::int64_t>& days) {
    std::vector<Touch> made;
    for (const std::int64_t each : days)
        made.push_back({.party = party(std::string(1, static_cast<char>('a' + made.size()))),
                        .instant = -each * kDay,
                        .rank = static_cast<std::uint32_t>(made.size())});
    return made;
}

TEST(Decay, HalvesWithTheDistanceToTheLastTouch) { // C3, C4
    EXPECT_THAT(amounts(divide(50'00, days_before_close({9, 6, 0, 0}), {decay(7)})),
                ElementsAre(6'92, 9'32, 16'88, 16'88));
    EXPECT_THAT(amounts(divide(100'00, days_before_close({14, 0}), {decay(7)})),
                ElementsAre(20'00, 80'00));
    // What counts is the last touch, not the close.
    EXPECT_THAT(amounts(divide(100'00, days_before_close({24, 10}), {decay(7)})),
                ElementsAre(20'00, 80'00));
}

TEST(Decay, OldTouchesFadeToNothing) {
    EXPECT_THAT(amounts(divide(100'00, days_before_close({10'000, 0}), {decay(1)})),
                ElementsAre(0, 100'00));
    std::vector<Touch> far = days_before_close({0, 0});
    far[0].instant = std::numeric_limits<std::int64_t>::min();
    far[1].instant = std::numeric_limits<std::int64_t>::max();
    EXPECT_THAT(amounts(divide(100'00, far, {decay(1)})), ElementsAre(0, 100'00));
}

TEST(WeightsOfKeys, AreExactDecimals) {
    const auto offer = weights({{"ads", 3, 0}, {"email", 15, 1}});
    EXPECT_THAT(amounts(divide(90'00, touches({"ads", "email"}), {offer})),
                ElementsAre(60'00, 30'00));
    // 0.1 and 0.2 are a third and two thirds, to the last unit of the largest amount.
    const auto tenths = weights({{"a", 1, 1}, {"b", 2, 1}});
    const auto division =
        divide(std::numeric_limits<std::int64_t>::max(), touches({"a", "b"}), {tenths});
    EXPECT_EQ(division.parties[0].share.fraction, "1/3");
}

TEST(WeightsOfKeys, OtherwiseWeighsTheRestAndNothingIsEqual) {
    auto offer = weights({{"ads", 3, 0}});
    EXPECT_THAT(amounts(divide(90'00, touches({"ads", "call"}), {offer})), ElementsAre(90'00, 0));
    offer.model.otherwise = plan::ExactWeight{15, 1};
    EXPECT_THAT(amounts(divide(90'00, touches({"ads", "call"}), {offer})),
                ElementsAre(60'00, 30'00));
    EXPECT_THAT(amounts(divide(90'00, touches({"x", "y"}), {weights({{"ads", 3, 0}})})),
                ElementsAre(45'00, 45'00));
}

TEST(LearntWeights, GoOverTheDifferentChannels) { // M1
    // 21/44 and 23/44, as a file with 17 digits has them.
    const auto offer =
        weights({{"A", 47727272727272729, 17}, {"B", 52272727272727271, 17}}, SplitModel::Markov);
    const auto division = divide(1'000'00, touches({"A", "B", "A"}), {offer});
    EXPECT_EQ(amount_of(division, "A"), 477'27);
    EXPECT_EQ(amount_of(division, "B"), 522'73);
    EXPECT_EQ(division.parties[0].touches[0].share.fraction, "1/2");
}

TEST(LearntWeights, PassWithoutAFileOrWithoutAKnownChannel) {
    auto nothing_known = weights({{"A", 1, 0}}, SplitModel::Markov);
    auto no_file = weights({}, SplitModel::Markov);
    no_file.model.weights_missing = true;
    const auto division =
        divide(10, touches({"x"}), {no_file, nothing_known, offered(SplitModel::Equal)});
    ASSERT_EQ(division.passed.size(), 2U);
    EXPECT_EQ(division.passed[0].reason, PassReason::NoWeightsFile);
    EXPECT_EQ(division.passed[1].reason, PassReason::NoPositiveWeight);
    EXPECT_EQ(division.model, 2U);
}

TEST(Milestones, FallToTheLastTouchUntilThen) {
    // Touches at 0, 1, 2, 3; milestones at 1 and 3: touch 1 and touch 3; touch 2 is the only other.
    const auto offer = milestones(30, {{30, 1}, {30, 3}}, 10);
    EXPECT_THAT(amounts(divide(100'00, touches({"a", "b", "c", "d"}), {offer})),
                ElementsAre(30'00, 30'00, 10'00, 30'00));
}

TEST(Milestones, OneTouchMayHoldSeveral) {
    const auto offer = milestones(30, {{30, 0}, {30, 5}}, 10);
    EXPECT_THAT(amounts(divide(100'00, touches({"a", "b", "c"}), {offer})),
                ElementsAre(60'00, 10'00, 30'00));
}

TEST(Milestones, WhatNobodyHoldsIsScaledAway) {
    // Unknown, before the first touch, and no other touches: 30 of 30 + 30.
    EXPECT_THAT(amounts(divide(90'00, touches({"a", "b"}),
                               {milestones(30, {{20, std::nullopt}, {20, -1}, {30, 1}}, 0)})),
                ElementsAre(45'00, 45'00));
    EXPECT_THAT(amounts(divide(90'00, touches({"a", "b"}), {milestones(30, {{60, 1}}, 10)})),
                ElementsAre(30'00, 60'00));
}

TEST(Milestones, NothingHeldIsEqual) {
    EXPECT_THAT(
        amounts(divide(90'00, touches({"a", "b"}), {milestones(std::nullopt, {{100, -5}}, 0)})),
        ElementsAre(45'00, 45'00));
    EXPECT_THAT(amounts(divide(90'00, touches({"a", "b"}), {milestones(0, {{100, -5}}, 0)})),
                ElementsAre(45'00, 45'00));
}

} // namespace
} // namespace rulebook::credit
