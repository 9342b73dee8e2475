// Credit rules over records. The touches are the plan's events: `name` is the party, `value` the
// minutes of a call.
#include "runtime/credit/account_credit.hpp"

#include <algorithm>

#include <gmock/gmock.h>

#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

using credit::CreditShapes;
using credit::DealCredit;
using credit::Uncredited;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Standing = credit::ConsideredTouch::Standing;

constexpr std::int64_t kWon = 1;

class AccountCreditTest : public EvaluationTest {
protected:
    AccountCreditTest() {
        credit.deals = plan.entity("deal");
        credit.at = plan.field("deal.closed_at");
        credit.divide = plan.field("deal.amount");
        credit.touches = plan.entity("event");
        credit.party_field = plan.field_index("event.name");
        plan::Span lookback;
        lookback.microseconds = 90 * kDay;
        credit.lookback = lookback;
        plan::Split equal;
        equal.model = plan::SplitModel::Equal;
        credit.splits = {equal};
    }

    plan::Credit credit;

    NodeId is_won() {
        return plan.condition(Op::Equal, {plan.field("deal.status"),
                                          plan.constant(plan.status_type(), integer(kWon))});
    }
    // Versions of one rule.
    std::uint32_t add(const std::vector<plan::Credit>& versions) {
        plan::Rule rule;
        rule.kind = plan::RuleKind::Credit;
        rule.name = "revenue_split";
        for (const plan::Credit& version : versions) {
            rule.versions.push_back(static_cast<std::uint32_t>(plan.plan.credits.size()));
            plan.plan.credits.push_back(version);
        }
        plan.plan.rules.push_back(rule);
        return static_cast<std::uint32_t>(plan.plan.rules.size() - 1);
    }
    void deal(Value closed_at, std::int64_t amount = 100'00, Value status = integer(kWon)) {
        data.deal(0, {{"created_at", integer(at("2026-01-01"))},
                      {"closed_at", std::move(closed_at)},
                      {"status", std::move(status)},
                      {"amount", integer(amount)}});
    }
    void touch(std::int64_t instant, const char* party, Value minutes = {}) {
        data.event(0, {{"at", integer(instant)}, {"name", text(party)}, {"value", minutes}});
    }
    std::vector<DealCredit> run(const interpret::FiredLookup* fired = nullptr,
                                std::int64_t as_of = kToday) {
        shapes_ = std::make_unique<CreditShapes>(*CreditShapes::prepare(plan.plan));
        return credit_deals(*shapes_, evaluator(), 0, as_of, fired);
    }
    static std::map<std::string, std::int64_t> amounts(const DealCredit& credit) {
        std::map<std::string, std::int64_t> all;
        for (const auto& each : credit.division.parties)
            all[each.party.name] = each.amount;
        return all;
    }
    using Amounts = std::map<std::string, std::int64_t>;

private:
    std::unique_ptr<CreditShapes> shapes_;
};

const std::int64_t kClose = at("2026-06-01");

TEST_F(AccountCreditTest, TheLookbackExcludesItsStartAndIncludesTheClose) { // C9
    credit.deal_where = is_won();
    add({credit});
    data.account();
    deal(integer(kClose));
    touch(kClose - 90 * kDay, "too early");
    touch(kClose - 90 * kDay + 1, "first");
    touch(kClose, "last");
    touch(kClose + 1, "too late");
    const auto credits = run();
    ASSERT_EQ(credits.size(), 1U);
    EXPECT_EQ(amounts(credits[0]), (Amounts{{"first", 50'00}, {"last", 50'00}}));
    std::vector<Standing> standings;
    for (const auto& each : credits[0].touches)
        standings.push_back(each.standing);
    EXPECT_THAT(standings, ElementsAre(Standing::TooEarly, Standing::Taken, Standing::Taken,
                                       Standing::TooLate));
}

TEST_F(AccountCreditTest, AnotherPartOfTheFilterLeavesTouchesOut) {
    credit.touch_where = plan.condition(Op::Greater, {plan.field("event.value", 2), plan.whole(5)});
    credit.without_touches = text("nobody");
    add({credit});
    data.account();
    deal(integer(kClose));
    touch(kClose - 3, "short", integer(5));
    touch(kClose - 2, "unclear");
    auto credits = run();
    EXPECT_EQ(amounts(credits[0]), (Amounts{{"nobody", 100'00}}));
    EXPECT_EQ(credits[0].touches[0].standing, Standing::NotAmong);
    EXPECT_EQ(credits[0].touches[1].standing, Standing::AmongUnknown);
}

TEST_F(AccountCreditTest, WithoutTouchesNobodyIsCreditedUnlessTheRuleSays) {
    add({credit});
    data.account();
    deal(integer(kClose));
    EXPECT_EQ(amounts(run()[0]), (Amounts{{"unattributed", 100'00}}));
}

TEST_F(AccountCreditTest, ATouchWithoutPartyBelongsToUnknown) {
    add({credit});
    data.account();
    deal(integer(kClose));
    data.event(0, {{"at", integer(kClose - 1)}});
    touch(kClose, "known");
    EXPECT_EQ(amounts(run()[0]), (Amounts{{"unknown", 50'00}, {"known", 50'00}}));
}

TEST_F(AccountCreditTest, CreditedAndListedAreAll) {
    credit.deal_where = is_won();
    add({credit});
    data.account();
    deal(integer(kClose), 1);
    deal(integer(kClose), 10, integer(2)); // lost: not the rule's
    deal(missing(), 100);                  // won, nobody knows when: `for` is unknown
    deal(integer(kToday + 1), 1'000);      // still open at as_of
    deal(missing(), 10'000, missing());    // open
    const auto credits = run();
    ASSERT_EQ(credits.size(), 2U);
    EXPECT_TRUE(credits[0].credited());
    EXPECT_EQ(credits[1].uncredited, Uncredited::ForUnknown);
    EXPECT_VALUE(credits[1].amount, integer(100));
}

TEST_F(AccountCreditTest, ListsDealsWithoutInstantOrAmount) {
    plan::Credit no_amount = credit;
    no_amount.divide = plan.unknown(kDollars);
    add({credit});
    add({no_amount});
    data.account();
    deal(missing(), 7);
    deal(integer(kClose), 8);
    const auto credits = run();
    ASSERT_EQ(credits.size(), 4U);
    EXPECT_EQ(credits[0].uncredited, Uncredited::AtUnknown);
    EXPECT_VALUE(credits[0].amount, integer(7));
    EXPECT_TRUE(credits[1].credited());
    EXPECT_EQ(credits[2].uncredited, Uncredited::AtUnknown);
    EXPECT_EQ(credits[3].uncredited, Uncredited::AmountUnknown);
}

TEST_F(AccountCreditTest, TheVersionInForceAtTheCloseDivides) {
    plan::Credit first_half = credit;
    first_half.effective = {at("2026-01-01"), at("2026-05-01")};
    first_half.splits[0].model = plan::SplitModel::First;
    plan::Credit second_half = credit;
    second_half.effective = {at("2026-05-01"), std::nullopt};
    second_half.splits[0].model = plan::SplitModel::Last;
    add({second_half, first_half});
    data.account();
    deal(integer(at("2025-12-31")), 1);
    deal(integer(at("2026-04-30")), 2);
    deal(integer(at("2026-05-01")), 4);
    touch(at("2026-04-01"), "a");
    touch(at("2026-04-02"), "b");
    auto credits = run();
    ASSERT_EQ(credits.size(), 3U);
    std::ranges::sort(credits, {}, [](const DealCredit& each) { return each.amount.integer(); });
    EXPECT_EQ(credits[0].uncredited, Uncredited::NotInForce);
    EXPECT_EQ(amounts(credits[1]), (Amounts{{"a", 2}, {"b", 0}}));
    EXPECT_EQ(amounts(credits[2]), (Amounts{{"a", 0}, {"b", 4}}));
}

TEST_F(AccountCreditTest, TheFirstSplitWhoseConditionIsTrueAtTheCloseCounts) {
    plan::Rule trigger;
    trigger.kind = plan::RuleKind::Trigger;
    trigger.name = "reach_out";
    trigger.versions = {0};
    plan.plan.rules.push_back(trigger);
    plan.plan.triggers.resize(1);
    plan.plan.triggers[0].on.patterns.resize(1);
    plan.plan.signals.resize(1);
    plan.plan.signals[0].collection = plan.entity("event");

    plan::Split assisted;
    assisted.model = plan::SplitModel::Incremental;
    assisted.when = plan.rule_result(Op::TriggerFired, kBool, 0);
    assisted.rates = {{{}, plan::kNoNode, 50'000, 150'000, ""}};
    assisted.assisted_party = text("sales");
    assisted.rest_party = text("self");
    credit.splits.insert(credit.splits.begin(), assisted);
    add({credit});
    data.account();
    deal(integer(kClose), 4'000'00);
    touch(kClose - 2, "sales");
    touch(kClose - 1, "self");
    using Last = std::optional<std::int64_t>;
    const interpret::FiredLookup before = [](std::uint32_t, std::int64_t until) {
        return until >= kClose ? Last(kClose) : Last();
    };
    EXPECT_EQ(amounts(run(&before)[0]), (Amounts{{"sales", 2'666'67}, {"self", 1'333'33}}));
    const interpret::FiredLookup after = [](std::uint32_t, std::int64_t until) {
        return until > kClose ? Last(kClose + 1) : Last();
    };
    const auto equally = run(&after);
    EXPECT_EQ(amounts(equally[0]), (Amounts{{"sales", 2'000'00}, {"self", 2'000'00}}));
    EXPECT_EQ(equally[0].division.passed[0].reason, credit::PassReason::ConditionFalse);
}

TEST_F(AccountCreditTest, EqualByChannelGoesByTheFieldsKnownThen) {
    credit.splits[0].by = plan.field_index("event.value");
    add({credit});
    data.account();
    deal(integer(kClose));
    touch(kClose - 3, "a", integer(1));
    touch(kClose - 2, "b", integer(1));
    touch(kClose - 1, "c", integer(2));
    EXPECT_EQ(amounts(run()[0]), (Amounts{{"a", 25'00}, {"b", 25'00}, {"c", 50'00}}));
}

TEST_F(AccountCreditTest, FlagsSeeTheTouchesAndTheCreditedAmounts) {
    const auto credited = [&](const char* party) {
        const NodeId node = plan.node(Op::CreditedAmount, kDollars, {});
        plan.last_node().literal = text(party);
        return node;
    };
    plan::Aggregate taken = plan.over("events", plan::AggregateKind::Count);
    taken.source = plan::AggregateSource::RuleTouches;
    const NodeId touches = plan.aggregate(taken, kInt, 2);
    const auto flag = [&](Op op, NodeId left, NodeId right) {
        plan::Flag made;
        made.when = plan.condition(op, {left, right});
        credit.flags.push_back(made);
    };
    flag(Op::Equal, touches, plan.whole(1));
    flag(Op::Equal, credited("a"), plan.constant(kDollars, integer(100'00)));
    flag(Op::Equal, credited("stranger"), plan.constant(kDollars, integer(0)));
    flag(Op::Greater, plan.field("deal.amount"), plan.constant(kDollars, integer(100'00)));
    add({credit});
    data.account();
    deal(integer(kClose));
    touch(kClose - 1, "a");
    touch(kClose + 1, "b");
    const auto credits = run();
    std::vector<std::string> flags;
    for (const Value& each : credits[0].flags)
        flags.push_back(shown(each));
    EXPECT_THAT(flags, ElementsAre("true", "true", "true", "false"));
}

TEST_F(AccountCreditTest, RefusesWhatCannotBeCarriedOut) {
    credit.splits[0].model = plan::SplitModel::Decay;
    add({credit});
    EXPECT_EQ(CreditShapes::prepare(plan.plan).error().code, "credit.model");
    plan.plan.credits[0].splits[0].model = plan::SplitModel::Equal;
    plan.plan.credits[0].floors = {{text("a"), 600'000}, {text("b"), 500'000}};
    EXPECT_EQ(CreditShapes::prepare(plan.plan).error().code, "credit.floors");
    plan.plan.credits[0].floors.clear();
    plan.plan.credits[0].deals = plan.entity("line");
    EXPECT_EQ(CreditShapes::prepare(plan.plan).error().code, "credit.collection");
    plan.plan.credits[0].deals = plan.entity("deal");
    EXPECT_TRUE(CreditShapes::prepare(plan.plan).has_value());
}

} // namespace
} // namespace rulebook::testing
