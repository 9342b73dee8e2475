#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

using interpret::DecisionResult;
using interpret::TableResult;
using plan::HitPolicy;

class DecisionTest : public EvaluationTest {
protected:
    void SetUp() override { data.account(); }

    const DecisionResult& decide(const std::vector<std::pair<NodeId, NodeId>>& choices) {
        plan::Decision decision;
        for (const auto& [when, value] : choices)
            decision.choices.push_back({when, value, "", {}});
        return *evaluator().decision(plan.add(decision, kInt), 0, kToday);
    }
};

TEST_F(DecisionTest, TheFirstTrueChoiceDecides) {
    const DecisionResult& result = decide({{plan.no(), plan.whole(1)},
                                           {plan.unknown(kBool), plan.whole(2)},
                                           {plan.yes(), plan.whole(3)},
                                           {kNoNode, plan.whole(4)}});
    EXPECT_VALUE(result.value, integer(3));
    EXPECT_EQ(result.choice, 2U);
    EXPECT_EQ(result.truths.size(), 3U);
}

TEST_F(DecisionTest, OtherwiseTakesTheRest) {
    const DecisionResult& result = decide({{plan.no(), plan.whole(1)}, {kNoNode, plan.whole(4)}});
    EXPECT_VALUE(result.value, integer(4));
    EXPECT_EQ(result.choice, 1U);
}

TEST_F(DecisionTest, NothingMatchedIsUnknown) {
    plan::Decision decision;
    decision.choices = {{plan.no(), plan.whole(1), "", {}}};
    const std::uint32_t rule = plan.add(decision, kInt);
    const NodeId read = plan.rule_result(Op::DecisionResult, kInt, rule);
    EXPECT_UNKNOWN(evaluator().decision(rule, 0, kToday)->value, NothingMatched, kNoNode);
    EXPECT_UNKNOWN(value(read), NothingMatched, read);
}

TEST_F(DecisionTest, AChosenUnknownKeepsItsCause) {
    const NodeId employees = plan.field("account.employees");
    plan::Decision decision;
    decision.choices = {{kNoNode, employees, "", {}}};
    const NodeId read = plan.rule_result(Op::DecisionResult, kInt, plan.add(decision, kInt));
    EXPECT_UNKNOWN(value(read), MissingInput, employees);
}

class TableTest : public DecisionTest {
protected:
    // One Int output.
    plan::Table table(HitPolicy hit) const {
        plan::Table table;
        table.hit = hit;
        table.columns = {"condition"};
        table.outputs = {{"value", kInt, true}};
        return table;
    }
    void row(plan::Table& table, NodeId condition, NodeId output) {
        table.rows.push_back({{condition}, {output}, "", {}});
    }
    void otherwise(plan::Table& table, NodeId output) {
        table.rows.push_back({{}, {output}, "", {}});
    }
    // Rows 0: no, 1: yes, 2: any, 3: unknown, 4: yes; and an `otherwise`.
    plan::Table filled(HitPolicy hit, std::array<std::int64_t, 5> outputs) {
        plan::Table table = this->table(hit);
        const std::array conditions{plan.no(), plan.yes(), kNoNode, plan.unknown(kBool),
                                    plan.yes()};
        for (std::size_t i = 0; i < outputs.size(); ++i)
            row(table, conditions[i], plan.whole(outputs[i]));
        otherwise(table, plan.whole(99));
        return table;
    }
    const TableResult& result_of(const plan::Table& table) {
        return *evaluator().table(plan.add(table), 0, kToday);
    }
    void expect(const plan::Table& table, const Value& output,
                const std::vector<std::uint32_t>& rows) {
        const TableResult& result = result_of(table);
        EXPECT_VALUE(result.outputs[0], output);
        EXPECT_EQ(result.rows, rows);
    }
};

TEST_F(TableTest, FirstTakesTheFirstMatch) {
    expect(filled(HitPolicy::First, {1, 2, 3, 4, 5}), integer(2), {1});
}

TEST_F(TableTest, UniqueMayMatchOnlyOnce) {
    const TableResult& result = result_of(filled(HitPolicy::Unique, {1, 2, 3, 4, 5}));
    EXPECT_UNKNOWN(result.outputs[0], SeveralRowsMatched, kNoNode);
    EXPECT_EQ(result.rows, (std::vector<std::uint32_t>{1, 2, 4}));
}

TEST_F(TableTest, UniqueWithOneMatch) {
    plan::Table unique = table(HitPolicy::Unique);
    row(unique, plan.no(), plan.whole(1));
    row(unique, plan.yes(), plan.whole(2));
    expect(unique, integer(2), {1});
}

TEST_F(TableTest, AnyWantsAgreement) {
    expect(filled(HitPolicy::Any, {1, 7, 7, 4, 7}), integer(7), {1});
}

TEST_F(TableTest, AnyWithoutAgreementIsUnknown) {
    const TableResult& result = result_of(filled(HitPolicy::Any, {1, 7, 8, 4, 7}));
    EXPECT_UNKNOWN(result.outputs[0], SeveralRowsMatched, kNoNode);
}

TEST_F(TableTest, PriorityTakesTheEarlierDeclaredValueThenTheEarlierRow) {
    expect(filled(HitPolicy::Priority, {0, 5, 3, 1, 3}), integer(3), {2});
}

TEST_F(TableTest, CollectSum) {
    expect(filled(HitPolicy::CollectSum, {1, 2, 3, 4, 5}), integer(10), {1, 2, 4});
}

TEST_F(TableTest, CollectMin) {
    expect(filled(HitPolicy::CollectMin, {1, 2, 3, 4, 5}), integer(2), {1, 2, 4});
}

TEST_F(TableTest, CollectMax) {
    expect(filled(HitPolicy::CollectMax, {1, 2, 3, 4, 5}), integer(5), {1, 2, 4});
}

TEST_F(TableTest, CollectCount) {
    expect(filled(HitPolicy::CollectCount, {1, 2, 3, 4, 5}), integer(3), {1, 2, 4});
}

TEST_F(TableTest, CollectListsTheOutputs) {
    const TableResult& result = result_of(filled(HitPolicy::Collect, {1, 2, 3, 4, 5}));
    EXPECT_TRUE(result.outputs.empty());
    ASSERT_EQ(result.collected.size(), 3U);
    EXPECT_VALUE(result.collected[2][0], integer(5));
}

TEST_F(TableTest, OtherwiseMatchesWhereNothingElseDoes) {
    plan::Table unique = table(HitPolicy::Unique);
    row(unique, plan.no(), plan.whole(1));
    row(unique, plan.unknown(kBool), plan.whole(2));
    otherwise(unique, plan.whole(3));
    expect(unique, integer(3), {2});
}

TEST_F(TableTest, NothingMatchedIsUnknownAndCountsAsZero) {
    plan::Table first = table(HitPolicy::First);
    row(first, plan.no(), plan.whole(1));
    plan::Table sum = first;
    sum.hit = HitPolicy::CollectSum;
    plan::Table count = first;
    count.hit = HitPolicy::CollectCount;
    const std::uint32_t first_rule = plan.add(first);
    const std::uint32_t sum_rule = plan.add(sum);
    const std::uint32_t count_rule = plan.add(count);
    const NodeId read = plan.rule_result(Op::TableOutput, kInt, first_rule);
    EXPECT_UNKNOWN(value(read), NothingMatched, read);
    EXPECT_UNKNOWN(evaluator().table(sum_rule, 0, kToday)->outputs[0], NothingMatched, kNoNode);
    EXPECT_VALUE(evaluator().table(count_rule, 0, kToday)->outputs[0], integer(0));
}

} // namespace
} // namespace rulebook::testing
