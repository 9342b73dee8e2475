#include "runtime/interpret/prepared_plan.hpp"

#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

std::string code_of(const SmallPlan& plan) {
    const auto prepared = interpret::PreparedPlan::prepare(plan.plan);
    return prepared ? "" : prepared.error().code;
}

TEST(PreparedPlan, RefusesAZoneThatIsNotCompiledIn) {
    SmallPlan plan;
    EXPECT_EQ(code_of(plan), "");
    plan.plan.timezone = "Mars/Olympus_Mons";
    EXPECT_EQ(code_of(plan), "plan.zone");
}

TEST(PreparedPlan, RefusesARegularExpressionThatCannotBeUsed) {
    SmallPlan plan;
    plan.condition(Op::Matches, {plan.words("text"), plan.words("(")});
    EXPECT_EQ(code_of(plan), "plan.pattern");
}

TEST(PreparedPlan, RefusesARuleThatReadsItself) {
    SmallPlan plan;
    const NodeId own_score = plan.rule_result(Op::FitScore, kPoints, 0);
    plan::Fit fit;
    fit.clauses = {clause(
        points(1), plan.condition(Op::Less, {own_score, plan.constant(kPoints, integer(0))}))};
    plan.add(fit);
    EXPECT_EQ(code_of(plan), "plan.cycle");
}

NodeId chain(SmallPlan& plan, NodeId node, int length) {
    for (int i = 0; i < length; ++i)
        node = plan.condition(Op::Not, {node});
    return node;
}

// The deepest expression that is accepted: additions, whose evaluation takes most of the stack.
TEST_F(EvaluationTest, TheDeepestExpressionIsEvaluated) {
    data.account({{"employees", integer(1)}});
    const NodeId employees = plan.field("account.employees");
    NodeId sum = employees;
    for (int i = 0; i < 1'990; ++i)
        sum = plan.node(Op::AddExact, kInt, {sum, employees});
    plan::Fit fit;
    fit.clauses = {clause(points(1), plan.condition(Op::Greater, {sum, employees}))};
    const std::uint32_t rule = plan.add(fit);
    EXPECT_EQ(this->fit(rule).score, points(1));
    EXPECT_VALUE(value(sum), integer(1'991));
}

TEST(PreparedPlan, RefusesExpressionsThatWouldExhaustTheStack) {
    SmallPlan plan;
    plan::Fit fit;
    fit.clauses = {clause(points(1), chain(plan, plan.yes(), 1'900))};
    const std::uint32_t first = plan.add(fit);
    EXPECT_EQ(code_of(plan), "");
    const NodeId out = plan.rule_result(Op::FitOut, kBool, first);
    fit.clauses = {clause(points(1), chain(plan, out, 200))};
    plan.add(fit);
    EXPECT_EQ(code_of(plan), "plan.depth");
}

} // namespace
} // namespace rulebook::testing
