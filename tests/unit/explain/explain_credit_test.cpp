// The touches are the plan's events: `name` is the party.
#include "runtime/explain/explain_credit.hpp"

#include <numeric>

#include "runtime/explain/render_text.hpp"
#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

using explain::Explanation;
using explain::Line;
using explain::LineKind;

class ExplainCreditTest : public EvaluationTest {
protected:
    void SetUp() override {
        data.account();
        plan.plan.timezone = "UTC";
        credit_.deals = plan.entity("deal");
        credit_.at = plan.field("deal.closed_at");
        credit_.divide = plan.field("deal.amount");
        credit_.touches = plan.entity("event");
        credit_.party_field = plan.field_index("event.name");
        plan::Span lookback;
        lookback.microseconds = 90 * kDay;
        credit_.lookback = lookback;
        plan::Split equal;
        equal.note.text = "split equal otherwise";
        credit_.splits = {equal};
    }
    void deal(Value closed_at) {
        data.deal(0, {{"created_at", integer(at("2026-01-01"))},
                      {"closed_at", std::move(closed_at)},
                      {"amount", integer(100'00)}});
    }
    void touch(std::string_view instant, std::string party) {
        data.event(0, {{"at", integer(at(instant))}, {"name", text(std::move(party))}});
    }
    Explanation explanation() {
        plan::Rule rule;
        rule.kind = plan::RuleKind::Credit;
        rule.name = "split";
        rule.versions = {0};
        plan.plan.credits = {credit_};
        plan.plan.rules = {rule};
        const auto shapes = credit::CreditShapes::prepare(plan.plan);
        const auto deals = credit::credit_deals(*shapes, evaluator(), 0, kToday, nullptr);
        return explain::explain_credit(evaluator(), deals, 0, 0, kToday, nullptr);
    }

    plan::Credit credit_;
};

TEST_F(ExplainCreditTest, ShowsWhoGotWhatAndWhy) {
    deal(integer(at("2026-06-01")));
    touch("2026-01-02", "ads");
    touch("2026-05-01", "ads");
    touch("2026-05-02", "call");
    touch("2026-05-03", "ads");
    plan::Split first;
    first.model = plan::SplitModel::First;
    first.when = plan.condition(
        Op::Greater, {plan.field("deal.amount"), plan.constant(kDollars, integer(1'000'00))});
    first.note.text = "split first when amount > $1_000";
    credit_.splits.insert(credit_.splits.begin(), first);
    plan::Flag flag;
    flag.name = "small";
    flag.when = plan.condition(
        Op::Less, {plan.field("deal.amount"), plan.constant(kDollars, integer(500'00))});
    flag.note.text = "flag small when amount < $500";
    credit_.flags = {flag};
    const Explanation result = explanation();
    EXPECT_EQ(explain::render_text(result),
              R"(credit split: credited 1, not credited 0   (at 2026-06-30T12:00:00Z)
   $100.00  true     deal deal10000, credited at 2026-06-01T00:00:00Z
                       events taken: 3
                       events before the lookback: 1
            false    split first when amount > $1_000
                       amount = $100.00
                       passed: its condition is false
            =>       split equal otherwise
    $66.67           ads: 2/3, 66.6667%
                       about $66.666666, rounded up: of the remainders it is among the largest
    $33.34           event at 2026-05-01T00:00:00Z: 1/2, 50% of it
    $33.33           event at 2026-05-03T00:00:00Z: 1/2, 50% of it
    $33.33           call: 1/3, 33.3333%
                       about $33.333333, rounded down
    $33.33           event at 2026-05-02T00:00:00Z: 1, 100% of it
   $100.00           together; what rounding down had left went to the largest remainders
                     event at 2026-01-02T00:00:00Z, not taken: before the lookback
            true     flag small when amount < $500
                       amount = $100.00
)");
}

// A quarter of ten cents has decimals that end.
TEST_F(ExplainCreditTest, TellsExactlyWhatEnds) {
    data.deal(0, {{"created_at", integer(at("2026-01-01"))},
                  {"closed_at", integer(at("2026-06-01"))},
                  {"amount", integer(10)}});
    for (const auto* party : {"a", "b", "c", "d"})
        touch("2026-05-01", party);
    const std::string text = explain::render_text(explanation());
    EXPECT_THAT(text,
                ::testing::HasSubstr(
                    "exactly $0.025, rounded up: of the remainders it is among the largest\n"));
    EXPECT_THAT(text, ::testing::HasSubstr("exactly $0.025, rounded down\n"));
}

// Amounts that are wider than most push the words of all lines to the right, not those of their
// own.
TEST_F(ExplainCreditTest, WideAmountsKeepTheColumns) {
    data.deal(0, {{"created_at", integer(at("2026-01-01"))},
                  {"closed_at", integer(at("2026-06-01"))},
                  {"amount", integer(1'234'567'89)}});
    touch("2026-05-01", "ads");
    EXPECT_EQ(explain::render_text(explanation()),
              R"(credit split: credited 1, not credited 0   (at 2026-06-30T12:00:00Z)
$1,234,567.89  true     deal deal10000, credited at 2026-06-01T00:00:00Z
                          events taken: 1
               =>       split equal otherwise
$1,234,567.89           ads: 1, 100%
$1,234,567.89           event at 2026-05-01T00:00:00Z: 1, 100% of it
$1,234,567.89           together
)");
}

TEST_F(ExplainCreditTest, AmountsAddUp) {
    deal(integer(at("2026-06-01")));
    for (const auto* party : {"a", "b", "c"})
        touch("2026-05-01", party);
    std::map<LineKind, std::int64_t> sums;
    for (const Line& line : explanation().lines)
        sums[line.kind] += line.minor_units.value_or(0);
    EXPECT_EQ(sums[LineKind::Party], sums[LineKind::Deal]);
    EXPECT_EQ(sums[LineKind::Touch], sums[LineKind::Deal]);
    EXPECT_EQ(sums[LineKind::Sum], sums[LineKind::Deal]);
}

TEST_F(ExplainCreditTest, OfManyTouchesOutsideTheNearestAreTold) {
    deal(integer(at("2026-06-01")));
    for (const auto* instant :
         {"2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-05-01", "2026-06-02",
          "2026-06-03", "2026-06-04", "2026-06-05"})
        touch(instant, "a");
    std::vector<std::string> told;
    for (const Line& line : explanation().lines)
        if (line.kind == LineKind::LeftOut)
            told.push_back(line.text.substr(0, line.text.find('T')));
    EXPECT_EQ(told, (std::vector<std::string>{"event at 2026-01-02", "event at 2026-01-03",
                                              "event at 2026-01-04", "event at 2026-06-02",
                                              "event at 2026-06-03", "event at 2026-06-04"}));
}

TEST_F(ExplainCreditTest, SaysWhyADealIsNotCredited) {
    deal(missing());
    const Explanation result = explanation();
    ASSERT_EQ(result.lines.size(), 1U);
    EXPECT_EQ(result.lines[0].text, "deal deal10000, not credited: when to credit it is unknown");
    EXPECT_EQ(
        result.lines[0].remarks,
        (std::vector<std::string>{"closed_at is unknown: no date says since when it was known"}));
}

} // namespace
} // namespace rulebook::testing
