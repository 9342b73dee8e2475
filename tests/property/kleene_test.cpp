// The laws of logic over three values, on random expressions.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "runtime/interpret/evaluator.hpp"
#include "runtime/plan/validate.hpp"
#include "tests/unit/interpret/small_data.hpp"
#include "tests/unit/interpret/small_plan.hpp"

namespace rulebook::testing {
namespace {

enum class Three { False, Unknown, True };

// An expression over the leaves 0 to kLeaves - 1, as a recipe, so that it can be built over other
// values of the leaves.
constexpr std::size_t kLeaves = 4;
using Leaves = std::array<Three, kLeaves>;

struct Recipe {
    Op op = Op::Not;
    std::vector<std::size_t> operands; // below kLeaves: a leaf; else an earlier recipe
    std::int64_t detail = 0;
};

rc::Gen<std::vector<Recipe>> recipes() {
    return rc::gen::exec([] {
        std::vector<Recipe> all;
        const auto size = *rc::gen::inRange<std::size_t>(1, 12);
        while (all.size() < size) {
            Recipe recipe;
            recipe.op = *rc::gen::element(Op::Not, Op::And, Op::Or, Op::AtLeast, Op::If, Op::Equal);
            const std::size_t operands = recipe.op == Op::Not  ? 1
                                         : recipe.op == Op::If ? 3
                                         : recipe.op == Op::Equal
                                             ? 2
                                             : *rc::gen::inRange<std::size_t>(1, 4);
            for (std::size_t i = 0; i < operands; ++i)
                recipe.operands.push_back(*rc::gen::inRange<std::size_t>(0, kLeaves + all.size()));
            recipe.detail = *rc::gen::inRange(0, 4);
            all.push_back(recipe);
        }
        return all;
    });
}

rc::Gen<Leaves> leaves() {
    return rc::gen::container<Leaves>(rc::gen::element(Three::False, Three::Unknown, Three::True));
}

// Evaluates one node of a plan over no data but one account.
class Logic {
public:
    SmallPlan plan;

    NodeId leaf(Three three) {
        return three == Three::Unknown ? plan.unknown(kBool)
                                       : plan.constant(kBool, truth(three == Three::True));
    }
    // The last recipe over these leaves.
    NodeId build(const std::vector<Recipe>& recipes, const Leaves& leaves) {
        std::vector<NodeId> nodes;
        for (const Three each : leaves)
            nodes.push_back(leaf(each));
        for (const Recipe& recipe : recipes) {
            std::vector<NodeId> operands;
            for (const std::size_t operand : recipe.operands)
                operands.push_back(nodes[operand]);
            nodes.push_back(plan.condition(recipe.op, operands));
            plan.last_node().detail = recipe.detail;
        }
        return nodes.back();
    }
    NodeId negation(NodeId node) { return plan.condition(Op::Not, {node}); }

    std::vector<Value> values(const std::vector<NodeId>& nodes) {
        RC_ASSERT(!plan::validate(plan.plan));
        SmallData data(plan);
        data.account();
        const data::Dataset dataset = data.build();
        const auto prepared = interpret::PreparedPlan::prepare(plan.plan);
        RC_ASSERT(prepared.has_value());
        interpret::Evaluator evaluator(*prepared, dataset);
        const interpret::Record root{0, 0};
        interpret::RowContext row;
        row.frames = {&root, 1};
        std::vector<Value> values;
        for (const NodeId node : nodes)
            values.push_back(evaluator.evaluate(node, row));
        return values;
    }
};

Three three(const Value& value) {
    return !value.known() ? Three::Unknown : value.boolean() ? Three::True : Three::False;
}

RC_GTEST_PROP(Kleene, DeMorgan, ()) {
    Logic logic;
    const NodeId a = logic.build(*recipes(), *leaves());
    const NodeId b = logic.build(*recipes(), *leaves());
    const NodeId left = logic.negation(logic.plan.condition(Op::And, {a, b}));
    const NodeId right = logic.plan.condition(Op::Or, {logic.negation(a), logic.negation(b)});
    const auto values = logic.values({left, right});
    RC_ASSERT(three(values[0]) == three(values[1]));
}

RC_GTEST_PROP(Kleene, AndOrCommuteAssociateDistributeAndAbsorb, ()) {
    Logic logic;
    std::array<NodeId, 3> x{};
    for (NodeId& each : x)
        each = logic.build(*recipes(), *leaves());
    for (const auto& [op, other] : {std::pair{Op::And, Op::Or}, std::pair{Op::Or, Op::And}}) {
        const auto join = [&, op = op](std::vector<NodeId> operands) {
            return logic.plan.condition(op, std::move(operands));
        };
        const auto opposite = [&, other = other](std::vector<NodeId> operands) {
            return logic.plan.condition(other, std::move(operands));
        };
        const auto values =
            logic.values({join({x[0], x[1]}), join({x[1], x[0]}), join({x[0], join({x[1], x[2]})}),
                          join({join({x[0], x[1]}), x[2]}), join({x[0], x[1], x[2]}),
                          join({x[0], opposite({x[1], x[2]})}),
                          opposite({join({x[0], x[1]}), join({x[0], x[2]})}),
                          join({x[0], opposite({x[0], x[1]})}), x[0]});
        RC_ASSERT(three(values[0]) == three(values[1]));
        RC_ASSERT(three(values[2]) == three(values[3]));
        RC_ASSERT(three(values[2]) == three(values[4]));
        RC_ASSERT(three(values[5]) == three(values[6]));
        RC_ASSERT(three(values[7]) == three(values[8]));
    }
}

RC_GTEST_PROP(Kleene, NegationTwiceIsNothing, ()) {
    Logic logic;
    const NodeId node = logic.build(*recipes(), *leaves());
    const auto values = logic.values({node, logic.negation(logic.negation(node))});
    RC_ASSERT(values[0] == values[1]); // the cause too
}

// What is known already stays, whatever the unknown leaves turn out to be.
RC_GTEST_PROP(Kleene, LearningMoreNeverOverturnsAResult, ()) {
    Logic logic;
    const auto expression = *recipes();
    const Leaves before = *leaves();
    Leaves after = before;
    for (Three& leaf : after)
        if (leaf == Three::Unknown)
            leaf = *rc::gen::element(Three::False, Three::Unknown, Three::True);
    const NodeId first = logic.build(expression, before);
    const auto values = logic.values({first, logic.build(expression, after)});
    if (three(values[0]) != Three::Unknown)
        RC_ASSERT(three(values[0]) == three(values[1]));
}

RC_GTEST_PROP(Kleene, TheCauseOfAnUnknownIsAnUnknownLeaf, ()) {
    Logic logic;
    const NodeId node = logic.build(*recipes(), *leaves());
    const auto values = logic.values({node});
    if (!values[0].known())
        RC_ASSERT(!logic.plan.plan.node(values[0].why().origin).literal.known());
}

RC_GTEST_PROP(Kleene, AtLeastOneIsOrAndAtLeastAllIsAnd, ()) {
    Logic logic;
    std::vector<NodeId> operands;
    for (const Three leaf : *leaves())
        operands.push_back(logic.leaf(leaf));
    const NodeId one = logic.plan.condition(Op::AtLeast, operands);
    logic.plan.last_node().detail = 1;
    const NodeId all = logic.plan.condition(Op::AtLeast, operands);
    logic.plan.last_node().detail = kLeaves;
    const auto values = logic.values({one, logic.plan.condition(Op::Or, operands), all,
                                      logic.plan.condition(Op::And, operands)});
    RC_ASSERT(values[0] == values[1]);
    RC_ASSERT(values[2] == values[3]);
}

} // namespace
} // namespace rulebook::testing
