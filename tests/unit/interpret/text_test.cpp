#include "tests/unit/interpret/evaluation_fixture.hpp"

#include "runtime/interpret/readable.hpp"

namespace rulebook::testing {
namespace {

class TextTest : public EvaluationTest {
protected:
    void SetUp() override { data.account({{"email", text("Ann@Example.com")}}); }

    void expect(const std::vector<std::tuple<Op, std::string, std::string, bool>>& cases) {
        std::vector<NodeId> nodes;
        for (const auto& [op, subject, pattern, expected] : cases)
            nodes.push_back(plan.condition(op, {plan.words(subject), plan.words(pattern)}));
        for (std::size_t i = 0; i < cases.size(); ++i)
            EXPECT_VALUE(value(nodes[i]), truth(std::get<3>(cases[i])))
                << std::get<1>(cases[i]) << ", " << std::get<2>(cases[i]);
    }
};

TEST_F(TextTest, SearchesIgnoreCase) {
    expect({{Op::Contains, "Head of Design", "OF DES", true},
            {Op::HasWord, "VP, Sales", "vp", true},
            {Op::HasWord, "mvp", "vp", false},
            {Op::StartsWith, "Head of Design", "head", true},
            {Op::EndsWith, "Head of Design", "head", false},
            {Op::Like, "Head of Design", "head of *", true},
            {Op::Like, "Ahead of Design", "head of *", false}});
}

TEST_F(TextTest, RegularExpressionsSearchExactly) {
    expect({{Op::Matches, "order 66", "[0-9]{2}$", true}, {Op::Matches, "ORDER", "order", false}});
}

TEST_F(TextTest, LikeAnyOfIsTheOrOverThePatterns) {
    const NodeId doubt = plan.unknown(kText);
    const NodeId title = plan.words("VP Sales");
    const NodeId found = plan.condition(Op::Like, {title, doubt, plan.words("vp *")});
    const NodeId open = plan.condition(Op::Like, {title, plan.words("head *"), doubt});
    EXPECT_VALUE(value(found), truth(true));
    EXPECT_UNKNOWN(value(open), NotWritten, doubt);
}

TEST_F(TextTest, GivesText) {
    const NodeId lower = plan.node(Op::Lower, kText, {plan.words("Head OF")});
    const NodeId trim = plan.node(Op::Trim, kText, {plan.words("  a b ")});
    const NodeId length = plan.node(Op::Length, kInt, {plan.words("Zoë")});
    const NodeId domain = plan.node(Op::Domain, kText, {plan.field("account.email")});
    const NodeId no_domain = plan.node(Op::Domain, kText, {plan.words("nobody")});
    EXPECT_VALUE(value(lower), text("head of"));
    EXPECT_VALUE(value(trim), text("a b"));
    EXPECT_VALUE(value(length), integer(3));
    EXPECT_VALUE(value(domain), text("example.com"));
    EXPECT_UNKNOWN(value(no_domain), UnreadableInput, no_domain);
}

TEST_F(TextTest, InterpolationReadsAsPeopleDo) {
    const NodeId said =
        plan.node(Op::Interpolate, kText,
                  {plan.words("Worth "), plan.constant(kDollars, integer(123'456'700)),
                   plan.words(" at "), plan.constant(kPercent, integer(125'000)),
                   plan.words(", plan "), plan.constant(plan.plan_type(), integer(1)),
                   plan.words(", head count "), plan.field("account.employees")});
    EXPECT_VALUE(value(said), text("Worth $1,234,567.00 at 12.5%, plan team, head count unknown"));
}

TEST(Readable, ShowsEachTypeAsItsLiterals) {
    const SmallPlan plan;
    const plan::Schema& schema = plan.plan.schema;
    const auto shown_as = [&](plan::Type type, const Value& value) {
        return interpret::readable(schema, type, value);
    };
    EXPECT_EQ(shown_as(kBool, truth(true)), "true");
    EXPECT_EQ(shown_as(kInt, integer(-12)), "-12");
    EXPECT_EQ(shown_as(kNumber, number(0.5)), "0.5");
    EXPECT_EQ(shown_as(kDollars, integer(-99)), "-$0.99");
    EXPECT_EQ(shown_as(kDollars, integer(-123'456)), "-$1,234.56");
    EXPECT_EQ(shown_as(plan::Type::money(*Currency::of("EUR")), integer(100'000)), "EUR 1,000.00");
    EXPECT_EQ(shown_as(plan::Type::money(*Currency::of("JPY")), integer(100'000)), "JPY 100,000");
    EXPECT_EQ(shown_as(kText, text("a")), "\"a\"");
    EXPECT_EQ(shown_as(kDate, integer(day("2026-01-31"))), "2026-01-31");
    EXPECT_EQ(shown_as(kTime, integer(at("2026-01-31T09:00:00Z"))), "2026-01-31T09:00:00Z");
    EXPECT_EQ(shown_as(kDuration, integer(14 * kDay)), "14 days");
    EXPECT_EQ(shown_as(kPoints, integer(8750)), "87.5");
    EXPECT_EQ(shown_as(kPoints, integer(8700)), "87");
    EXPECT_EQ(shown_as(plan.plan_type(), integer(2)), "enterprise");
    EXPECT_EQ(shown_as(kText, missing()), "unknown");
}

} // namespace
} // namespace rulebook::testing
