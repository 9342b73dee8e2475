#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

class ComparisonTest : public EvaluationTest {
protected:
    void SetUp() override { data.account(); }
};

TEST_F(ComparisonTest, ComparesValuesOfOneType) {
    const NodeId one = plan.whole(1);
    const NodeId two = plan.whole(2);
    struct Case {
        Op op;
        bool one_two, two_one, same;
        std::array<NodeId, 3> nodes{};
    };
    std::vector<Case> cases{
        {Op::Equal, false, false, true},   {Op::NotEqual, true, true, false},
        {Op::Less, true, false, false},    {Op::LessEqual, true, false, true},
        {Op::Greater, false, true, false}, {Op::GreaterEqual, false, true, true}};
    for (Case& row : cases)
        row.nodes = {plan.condition(row.op, {one, two}), plan.condition(row.op, {two, one}),
                     plan.condition(row.op, {two, two})};
    for (const Case& row : cases) {
        EXPECT_VALUE(value(row.nodes[0]), truth(row.one_two)) << plan::name(row.op);
        EXPECT_VALUE(value(row.nodes[1]), truth(row.two_one)) << plan::name(row.op);
        EXPECT_VALUE(value(row.nodes[2]), truth(row.same)) << plan::name(row.op);
    }
}

TEST_F(ComparisonTest, TextAndNumbersCompareExactly) {
    const NodeId cases_differ = plan.condition(Op::Equal, {plan.words("a"), plan.words("A")});
    const NodeId zeros = plan.condition(
        Op::Equal, {plan.constant(kNumber, number(0.0)), plan.constant(kNumber, number(-0.0))});
    EXPECT_VALUE(value(cases_differ), truth(false));
    EXPECT_VALUE(value(zeros), truth(true));
}

TEST_F(ComparisonTest, AnUnknownOperandGivesItsCause) {
    const NodeId employees = plan.field("account.employees");
    const NodeId left = plan.condition(Op::Less, {employees, plan.whole(1)});
    const NodeId right = plan.condition(Op::Equal, {plan.whole(1), employees});
    EXPECT_UNKNOWN(value(left), MissingInput, employees);
    EXPECT_UNKNOWN(value(right), MissingInput, employees);
}

TEST_F(ComparisonTest, RangesHoldBothEndsUnlessUnder) {
    const auto in_range = [&](Op op, std::int64_t x) {
        return plan.condition(op, {plan.whole(x), plan.whole(1), plan.whole(3)});
    };
    const std::vector<std::pair<NodeId, bool>> cases{
        {in_range(Op::InRange, 0), false},     {in_range(Op::InRange, 1), true},
        {in_range(Op::InRange, 3), true},      {in_range(Op::InRange, 4), false},
        {in_range(Op::InRangeUnder, 1), true}, {in_range(Op::InRangeUnder, 3), false}};
    for (const auto& [node, expected] : cases)
        EXPECT_VALUE(value(node), truth(expected)) << node;
}

TEST_F(ComparisonTest, ARangeWithAnUnknownEndMayStillBeMissed) {
    const NodeId low = plan.field("account.employees");
    const NodeId above = plan.condition(Op::InRange, {plan.whole(4), low, plan.whole(3)});
    const NodeId below = plan.condition(Op::InRange, {plan.whole(2), low, plan.whole(3)});
    EXPECT_VALUE(value(above), truth(false));
    EXPECT_UNKNOWN(value(below), MissingInput, low);
}

TEST_F(ComparisonTest, MembershipIsTheOrOfComparisons) {
    const NodeId doubt = plan.field("account.employees");
    const NodeId found = plan.condition(Op::InSet, {plan.whole(2), doubt, plan.whole(2)});
    const NodeId open = plan.condition(Op::InSet, {plan.whole(2), doubt, plan.whole(3)});
    const NodeId absent = plan.condition(Op::InSet, {plan.whole(2), plan.whole(3)});
    EXPECT_VALUE(value(found), truth(true));
    EXPECT_UNKNOWN(value(open), MissingInput, doubt);
    EXPECT_VALUE(value(absent), truth(false));
}

TEST_F(ComparisonTest, ListsHoldExactTexts) {
    plan.plan.lists = {{"free_mail", {"gmail.com", "web.de"}}};
    const NodeId listed = plan.condition(Op::InList, {plan.words("web.de")});
    const NodeId other_case = plan.condition(Op::InList, {plan.words("Web.de")});
    EXPECT_VALUE(value(listed), truth(true));
    EXPECT_VALUE(value(other_case), truth(false));
}

TEST_F(ComparisonTest, MinimumAndMaximumNeedAllTheirOperands) {
    const NodeId doubt = plan.field("account.employees");
    const NodeId least =
        plan.node(Op::Minimum, kInt, {plan.whole(3), plan.whole(2), plan.whole(4)});
    const NodeId greatest = plan.node(Op::Maximum, kInt, {plan.whole(3), plan.whole(4)});
    const NodeId unknown = plan.node(Op::Minimum, kInt, {plan.whole(3), doubt, plan.unknown(kInt)});
    EXPECT_VALUE(value(least), integer(2));
    EXPECT_VALUE(value(greatest), integer(4));
    EXPECT_UNKNOWN(value(unknown), MissingInput, doubt);
}

} // namespace
} // namespace rulebook::testing
