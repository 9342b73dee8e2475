#include "runtime/credit/division.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/credit/offers.hpp"

namespace rulebook::credit {
namespace {

using plan::SplitModel;
using testing::ElementsAre;

TEST(Division, EqualAddsUpToTheCentWhateverTheSign) { // C1
    const auto three = touches({"a", "b", "c"});
    const std::vector models{offered(SplitModel::Equal)};
    EXPECT_THAT(amounts(divide(100'00, three, models)), ElementsAre(33'34, 33'33, 33'33));
    EXPECT_THAT(amounts(divide(-100'00, three, models)), ElementsAre(-33'34, -33'33, -33'33));
    EXPECT_THAT(amounts(divide(1, three, models)), ElementsAre(1, 0, 0));
    EXPECT_THAT(amounts(divide(0, three, models)), ElementsAre(0, 0, 0));
}

TEST(Division, KeepsTheLeastAmountThatExists) {
    const auto least = std::numeric_limits<std::int64_t>::min();
    const auto division = divide(least, touches({"a", "b"}), {offered(SplitModel::Equal)});
    EXPECT_THAT(amounts(division), ElementsAre(least / 2, least / 2));
}

TEST(Division, PositionOfTwoTouchesKeepsTheirProportion) { // C2
    const auto division = divide(100'00, touches({"a", "b"}), {position(30, 30, 40)});
    EXPECT_THAT(amounts(division), ElementsAre(42'86, 57'14));
}

TEST(Division, PositionOfOneOrManyTouches) {
    EXPECT_THAT(amounts(divide(100'00, touches({"a"}), {position(0, 100, 0)})),
                ElementsAre(100'00));
    EXPECT_THAT(amounts(divide(100'00, touches({"a", "b"}), {position(0, 100, 0)})),
                ElementsAre(50'00, 50'00));
    EXPECT_THAT(amounts(divide(100'00, touches({"a", "b", "c", "d"}), {position(40, 20, 40)})),
                ElementsAre(40'00, 10'00, 10'00, 40'00));
}

TEST(Division, IncrementalGivesWhatAssistanceAdded) { // C5
    const auto both = touches({"self", "sales"});
    const auto gained = divide(4'000'00, both, {incremental(5, 15, "sales", "self")});
    EXPECT_EQ(amount_of(gained, "sales"), 2'666'67);
    EXPECT_EQ(amount_of(gained, "self"), 1'333'33);
    const auto lost = divide(4'000'00, both, {incremental(15, 5, "sales", "self")});
    EXPECT_EQ(amount_of(lost, "sales"), 0);
    EXPECT_EQ(amount_of(lost, "self"), 4'000'00);
}

TEST(Division, IncrementalRestByEqualGoesOverAllTouches) {
    const auto division =
        divide(300'00, touches({"ads", "sales"}), {incremental(5, 15, "sales", "")});
    EXPECT_EQ(amount_of(division, "ads"), 50'00);
    EXPECT_EQ(amount_of(division, "sales"), 250'00);
}

TEST(Division, EqualByKeyDividesKeysFirst) {
    auto three = touches({"a", "b", "c"});
    three[0].keys = three[1].keys = {plan::Value::of(std::string("ads"))};
    three[2].keys = {plan::Value::of(std::string("call"))};
    auto by_channel = offered(SplitModel::Equal);
    by_channel.model.key = 0;
    EXPECT_THAT(amounts(divide(100'00, three, {by_channel})), ElementsAre(25'00, 25'00, 50'00));
}

TEST(Division, FirstLastAndFixed) {
    const auto three = touches({"a", "b", "c"});
    EXPECT_THAT(amounts(divide(9, three, {offered(SplitModel::First)})), ElementsAre(9, 0, 0));
    EXPECT_THAT(amounts(divide(9, three, {offered(SplitModel::Last)})), ElementsAre(0, 0, 9));
    auto fixed = offered(SplitModel::Fixed);
    fixed.model.shares = {{party("c"), 300'000}, {party("other"), 700'000}};
    const auto division = divide(1'00, three, {fixed});
    EXPECT_EQ(amount_of(division, "c"), 30);
    EXPECT_EQ(amount_of(division, "other"), 70);
}

TEST(Division, FloorsRaiseAndTheEarlierFirstTouchWinsTies) { // C7
    const auto division = divide(1'000'05, touches({"sales"}), {offered(SplitModel::Equal)},
                                 {{party("self"), 100'000}});
    EXPECT_EQ(amount_of(division, "sales"), 900'05);
    EXPECT_EQ(amount_of(division, "self"), 100'00);
    EXPECT_EQ(division.units_by_rounding, 1);
    EXPECT_FALSE(division.parties[0].raised);
    EXPECT_TRUE(division.parties[1].raised);
    EXPECT_EQ(division.parties[1].share.fraction, "1/10");
    EXPECT_EQ(division.parties[0].exact_amount, "180009/2");
}

TEST(Division, FloorsRepeatWhileOnePartyFallsBelow) {
    // a 80%, b 11%, c 9%; floors: b 10%, c 50%. Raising c scales b to 5.5/91 of 50%: raised too.
    auto fixed = offered(SplitModel::Fixed);
    fixed.model.shares = {{party("a"), 800'000}, {party("b"), 110'000}, {party("c"), 90'000}};
    const auto division =
        divide(100'00, touches({"a"}), {fixed}, {{party("b"), 100'000}, {party("c"), 500'000}});
    EXPECT_THAT(amounts(division), ElementsAre(40'00, 10'00, 50'00));
}

TEST(Division, FloorsMayTakeAll) {
    const auto division = divide(100'00, touches({"a"}), {offered(SplitModel::Equal)},
                                 {{party("b"), 400'000}, {party("c"), 600'000}});
    EXPECT_THAT(amounts(division), ElementsAre(0, 40'00, 60'00));
}

TEST(Division, WithoutTouchesTakesNoFloorAndNoModel) {
    const std::vector models{offered(SplitModel::Equal)};
    const std::vector<PartyPart> floors{{party("b"), 400'000}};
    const auto named = divide(100'00, {}, models, floors, party("self"));
    EXPECT_EQ(named.basis, Division::Basis::NoTouch);
    EXPECT_THAT(amounts(named), ElementsAre(100'00));
    EXPECT_EQ(named.parties[0].party.name, "self");
    const auto nobody = divide(100'00, {}, models, floors);
    EXPECT_EQ(nobody.parties[0].party.kind, PartyKind::Unattributed);
}

TEST(Division, ModelsPassToTheNextOne) {
    auto conditional = offered(SplitModel::First);
    conditional.condition = plan::Value::of(false);
    auto unsure = offered(SplitModel::First);
    unsure.condition = plan::Value();
    auto no_rates = incremental(5, 15, "a", "b");
    no_rates.facts.assisted.reset();
    const auto division = divide(
        10, touches({"a", "b"}),
        {conditional, unsure, no_rates, incremental(0, 0, "a", "b"), offered(SplitModel::Last)});
    EXPECT_EQ(division.model, 4U);
    EXPECT_THAT(amounts(division), ElementsAre(0, 10));
    std::vector<PassReason> reasons;
    for (const auto& passed : division.passed)
        reasons.push_back(passed.reason);
    EXPECT_THAT(reasons, ElementsAre(PassReason::ConditionFalse, PassReason::ConditionUnknown,
                                     PassReason::RatesUnknown, PassReason::AssistedNotPositive));
}

TEST(Division, NobodyIsCreditedWhereEveryModelPassed) {
    const auto division = divide(10, touches({"a"}), {incremental(0, 0, "a", "b")});
    EXPECT_EQ(division.basis, Division::Basis::EveryModelPassed);
    EXPECT_EQ(amount_of(division, "unattributed"), 10);
    EXPECT_EQ(amount_of(division, "a"), 0);
}

TEST(Division, TheUnknownPartyIsNotThePartyCalledUnknown) {
    auto two = touches({"unknown"});
    two.push_back({.party = Party::unknown(), .rank = 1});
    const auto division = divide(3, two, {offered(SplitModel::Equal)});
    EXPECT_THAT(amounts(division), ElementsAre(2, 1));
}

TEST(Division, TiesOfTouchesThatNothingOrdersGoByName) {
    auto two = touches({"b", "a"});
    two[1].rank = two[0].rank;
    const auto division = divide(3, two, {offered(SplitModel::Equal)});
    EXPECT_EQ(amount_of(division, "a"), 2);
    EXPECT_EQ(amount_of(division, "b"), 1);
}

TEST(Division, APartysAmountDividesOverItsTouchesByWeight) {
    const auto weighed = divide(100'00, touches({"a", "b", "a"}), {position(40, 20, 40)});
    ASSERT_EQ(weighed.parties[0].touches.size(), 2U);
    EXPECT_EQ(weighed.parties[0].touches[0].amount, 40'00);
    EXPECT_EQ(weighed.parties[0].touches[1].touch, 2U);
    const auto equally =
        divide(-5, touches({"sales", "sales"}), {incremental(0, 10, "sales", "b")});
    EXPECT_EQ(equally.parties[0].touches[0].amount, -3);
    EXPECT_EQ(equally.parties[0].touches[1].amount, -2);
}

TEST(Model, FaultsOfAPlanThatIsNotSound) {
    EXPECT_EQ(fault_of(position(40, 20, 40).model), "");
    EXPECT_NE(fault_of(position(40, 20, 30).model), "");
    EXPECT_NE(fault_of(position(140, -80, 40).model), "");
    EXPECT_NE(fault_of(plan::RateRow{{}, plan::kNoNode, -1, 15, ""}), "");
    EXPECT_NE(fault_of(plan::RateRow{{}, plan::kNoNode, 1, 1'000'001, ""}), "");
    EXPECT_EQ(fault_of(plan::RateRow{{}, plan::kNoNode, 1, {}, ""}), "");
    EXPECT_NE(fault_of(offered(SplitModel::Fixed).model), "");
    EXPECT_EQ(fault_of(offered(SplitModel::First).model), "");
    EXPECT_NE(fault_of(offered(SplitModel::Decay).model), "");
    EXPECT_NE(fault_of(offered(SplitModel::Weights).model), "");
    EXPECT_NE(fault_of(offered(SplitModel::Markov).model), "");
    EXPECT_NE(fault_of(offered(SplitModel::Milestones).model), "");
    EXPECT_EQ(fault_of(decay(7).model), "");
    Offer twice = weights({{"a", 1, 0}, {"a", 2, 0}});
    EXPECT_NE(fault_of(twice.model), "");
    EXPECT_NE(fault_of(weights({{"a", -1, 0}}).model), "");
    EXPECT_NE(fault_of(weights({{"a", 1, 61}}).model), "");
}

} // namespace
} // namespace rulebook::credit
