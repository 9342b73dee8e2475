#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

enum class Three { False, Unknown, True };

class LogicTest : public EvaluationTest {
protected:
    void SetUp() override { data.account(); }

    NodeId operand(Three three) {
        return three == Three::Unknown ? plan.unknown(kBool)
                                       : plan.constant(kBool, truth(three == Three::True));
    }
    static Three three(const Value& value) {
        return !value.known() ? Three::Unknown : value.boolean() ? Three::True : Three::False;
    }
};

constexpr std::array kAll{Three::False, Three::Unknown, Three::True};

TEST_F(LogicTest, AndIsTheLeastOrTheGreatestOfItsOperands) {
    std::vector<std::tuple<Three, Three, NodeId, NodeId>> cases;
    for (const Three a : kAll)
        for (const Three b : kAll) {
            const std::vector operands{operand(a), operand(b)};
            cases.emplace_back(a, b, plan.condition(Op::And, operands),
                               plan.condition(Op::Or, operands));
        }
    for (const auto& [a, b, conjunction, disjunction] : cases) {
        EXPECT_EQ(three(value(conjunction)), std::min(a, b));
        EXPECT_EQ(three(value(disjunction)), std::max(a, b));
    }
}

TEST_F(LogicTest, NotTurnsRound) {
    const NodeId of_true = plan.condition(Op::Not, {plan.yes()});
    const NodeId of_unknown = plan.condition(Op::Not, {plan.unknown(kBool)});
    EXPECT_VALUE(value(of_true), truth(false));
    EXPECT_FALSE(value(of_unknown).known());
}

TEST_F(LogicTest, TheCauseIsTheFirstUnknownOperand) {
    const NodeId first = plan.field("account.active");
    const NodeId second = plan.unknown(kBool);
    const NodeId conjunction = plan.condition(Op::And, {plan.yes(), first, second});
    const NodeId turned = plan.condition(Op::Or, {second, first, plan.no()});
    const NodeId negated = plan.condition(Op::Not, {conjunction});
    EXPECT_UNKNOWN(value(conjunction), MissingInput, first);
    EXPECT_UNKNOWN(value(turned), NotWritten, second);
    EXPECT_UNKNOWN(value(negated), MissingInput, first);
}

TEST_F(LogicTest, IfWithUnknownConditionIsUnknown) {
    const NodeId one = plan.whole(1);
    const NodeId two = plan.whole(2);
    const NodeId doubt = plan.field("account.active");
    const NodeId taken = plan.node(Op::If, kInt, {plan.yes(), one, plan.unknown(kInt)});
    const NodeId other = plan.node(Op::If, kInt, {plan.no(), plan.unknown(kInt), two});
    const NodeId unknown = plan.node(Op::If, kInt, {doubt, one, one});
    EXPECT_VALUE(value(taken), integer(1));
    EXPECT_VALUE(value(other), integer(2));
    EXPECT_UNKNOWN(value(unknown), MissingInput, doubt);
}

TEST_F(LogicTest, AtLeastHoldsWhateverTheUnknownOnesAre) {
    struct Case {
        std::int64_t count;
        std::vector<Three> operands;
        Three expected;
        NodeId node = kNoNode;
    };
    using enum Three;
    std::vector<Case> cases{{2, {True, False, True}, True},
                            {2, {True, Unknown, True}, True},
                            {2, {True, Unknown, False}, Unknown},
                            {2, {Unknown, False, False}, False},
                            {3, {True, True}, False},
                            {0, {Unknown}, True}};
    for (Case& row : cases) {
        std::vector<NodeId> operands;
        for (const Three each : row.operands)
            operands.push_back(operand(each));
        row.node = plan.condition(Op::AtLeast, operands);
        plan.last_node().detail = row.count;
    }
    for (const Case& row : cases)
        EXPECT_EQ(three(value(row.node)), row.expected) << row.count;
}

TEST_F(LogicTest, AtLeastNamesTheFirstUnknownOperand) {
    const NodeId first = plan.field("account.active");
    const NodeId node =
        plan.condition(Op::AtLeast, {plan.yes(), first, plan.unknown(kBool), plan.yes()});
    plan.last_node().detail = 3;
    EXPECT_UNKNOWN(value(node), MissingInput, first);
}

TEST_F(LogicTest, IsKnownAndDefaultAreNeverUnknownThemselves) {
    const NodeId email = plan.field("account.email");
    const NodeId is_known = plan.condition(Op::IsKnown, {email});
    const NodeId with_default = plan.node(Op::Default, kText, {email, plan.words("none")});
    const NodeId without_need = plan.node(Op::Default, kText, {plan.words("x"), email});
    EXPECT_VALUE(value(is_known), truth(false));
    EXPECT_VALUE(value(with_default), text("none"));
    EXPECT_VALUE(value(without_need), text("x"));
}

// Each node doubles the number of ways down; without memory this would not end.
TEST_F(LogicTest, SharedNodesAreComputedOnce) {
    NodeId node = plan.field("account.active");
    for (int i = 0; i < 500; ++i)
        node = plan.condition(i % 2 == 0 ? Op::And : Op::Or, {node, node});
    EXPECT_FALSE(value(node).known());
}

} // namespace
} // namespace rulebook::testing
