#include "runtime/explain/explain_rule.hpp"

#include "runtime/explain/reads.hpp"
#include "runtime/explain/render_text.hpp"
#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

using explain::Explanation;
using explain::Line;
using explain::LineKind;
using explain::Truth;

plan::SourceNote note(std::string text, std::uint32_t line) {
    return {"fit.rules", line, std::move(text)};
}

class ExplainTest : public EvaluationTest {
protected:
    Explanation explanation(std::uint32_t rule, std::int64_t instant = kToday) {
        return explain::explain_rule(evaluator(), rule, 0, instant);
    }
    void label(NodeId node, std::string words) {
        plan.plan.labels.resize(plan.plan.nodes.size());
        plan.plan.labels[node] = std::move(words);
    }
    // Of the whole plan, once it is finished.
    void finish_labels() { plan.plan.labels.resize(plan.plan.nodes.size()); }
};

// The fit of most tests: employees 800, revenue missing, two events.
class ExplainFitTest : public ExplainTest {
protected:
    void SetUp() override {
        data.account({{"employees", integer(800)}});
        for (const auto* instant : {"2026-06-01", "2026-06-02"})
            data.event(0, {{"at", integer(at(instant))}});
        employees_ = plan.field("account.employees");
        revenue_ = plan.field("account.revenue");
        fit_.groups = {{"size", points(40), std::nullopt, note("group size at most 40 points", 3)}};
        add(30, plan.condition(Op::GreaterEqual, {employees_, plan.whole(200)}),
            "points 30 when employees >= 200", "mid-market");
        fit_.clauses.back().group = 0;
        add(20, plan.condition(Op::Greater, {revenue_, plan.constant(kDollars, integer(100))}),
            "points 20 when revenue > $1", "");
        add(-5, plan.condition(Op::Less, {employees_, plan.whole(10)}),
            "points -5 when employees < 10", "");
        add(15, kNoNode, "points 15", "");
        fit_.clauses.back().group = 0;
        add(9, kNoNode, "points 9 for each of events at most 15 points", "");
        fit_.clauses.back().for_each.emplace();
        fit_.clauses.back().for_each->elements = plan.over("events", plan::AggregateKind::Count);
        fit_.clauses.back().at_most = points(15);
        fit_.score_low = 0;
        fit_.score_high = points(50);
        fit_.tiers = {{points(40), 4}, {INT64_MIN, 1}};
    }
    void add(double given, NodeId when, std::string words, std::string because) {
        plan::PointsClause added = clause(points(given), when);
        added.note = note(std::move(words), static_cast<std::uint32_t>(4 + fit_.clauses.size()));
        added.because = std::move(because);
        fit_.clauses.push_back(added);
    }

    plan::Fit fit_;
    NodeId employees_ = kNoNode;
    NodeId revenue_ = kNoNode;
};

std::int64_t sum_of_points(const Explanation& explanation) {
    std::int64_t sum = 0;
    for (const Line& line : explanation.lines)
        sum += line.points.value_or(0);
    return sum;
}

TEST_F(ExplainFitTest, HasALinePerClauseWithWhatItSaw) {
    const Explanation result = explanation(plan.add(fit_, "icp"));
    EXPECT_EQ(result.rule, "icp");
    const Line& first = result.lines.at(0);
    EXPECT_EQ(first.kind, LineKind::Points);
    EXPECT_EQ(first.text, "points 30 when employees >= 200");
    EXPECT_EQ(first.line, 4U);
    EXPECT_EQ(first.because, "mid-market");
    EXPECT_EQ(first.truth, Truth::True);
    EXPECT_EQ(first.points, points(30));
    EXPECT_EQ(first.seen, (std::vector<explain::Named>{{"employees", "800", ""}}));
}

TEST_F(ExplainFitTest, SaysWhyAClauseIsUnknown) {
    const NodeId revenue = revenue_;
    const std::uint32_t rule = plan.add(fit_, "icp");
    label(revenue, "annual revenue");
    const Explanation result = explanation(rule);
    EXPECT_EQ(result.lines.at(1).truth, Truth::Unknown);
    EXPECT_EQ(result.lines.at(1).cause, "annual revenue is unknown: missing in the data");
    EXPECT_EQ(result.lines.at(1).points, 0);
    EXPECT_EQ(result.results.back(), (explain::Named{"unknowns", "1", ""}));
}

TEST_F(ExplainFitTest, WhatLimitsTakeStandsOnLinesOfItsOwn) {
    const Explanation result = explanation(plan.add(fit_, "icp"));
    std::vector<std::pair<LineKind, std::int64_t>> limits;
    for (const Line& line : result.lines)
        if (line.kind != LineKind::Points)
            limits.emplace_back(line.kind, *line.points);
    EXPECT_EQ(limits,
              (std::vector<std::pair<LineKind, std::int64_t>>{{LineKind::ClauseLimit, points(-3)},
                                                              {LineKind::GroupLimit, points(-5)},
                                                              {LineKind::ScoreLimit, points(-5)}}));
    EXPECT_EQ(sum_of_points(result), points(50));
    EXPECT_EQ(result.results.at(0), (explain::Named{"score", "50", ""}));
    EXPECT_EQ(result.results.at(1), (explain::Named{"tier", "A", ""}));
}

TEST_F(ExplainFitTest, OutTakesTheWholeScore) {
    fit_.outs = {{plan.yes(), "private address", note("out when true", 2)}};
    const Explanation result = explanation(plan.add(fit_, "icp"));
    EXPECT_EQ(result.lines.front().kind, LineKind::OutCondition);
    EXPECT_EQ(result.lines.back().kind, LineKind::OutLoss);
    EXPECT_EQ(sum_of_points(result), 0);
}

TEST_F(ExplainFitTest, ReadsAsText) {
    EXPECT_EQ(
        explain::render_text(explanation(plan.add(fit_, "icp"))),
        R"(fit icp: score 50, tier A, unknowns 1   (at 2026-06-30T08:00:00-04:00, America/New_York)
    +30.00  true     points 30 when employees >= 200  (mid-market)
                       employees = 800
      0.00  unknown  points 20 when revenue > $1
                       revenue is unknown: missing in the data
      0.00  false    points -5 when employees < 10
                       employees = 800
    +15.00  true     points 15
    +18.00  true     points 9 for each of events at most 15 points
                       events that count = 2
     -3.00           at most 15 points
     -5.00           group size at most 40 points
     -5.00           score at least 0, at most 50 points
----------
     50.00  score
)");
}

TEST_F(ExplainFitTest, SaysWhenNoVersionIsInForce) {
    fit_.effective.until = at("2026-01-01");
    const Explanation result = explanation(plan.add(fit_, "icp"));
    EXPECT_FALSE(result.in_force);
    EXPECT_EQ(explain::render_text(result),
              "fit icp: no version is in force at 2026-06-30T08:00:00-04:00, America/New_York\n");
}

TEST_F(ExplainTest, ADecisionShowsEveryChoice) {
    data.account({{"employees", integer(3)}});
    const NodeId employees = plan.field("account.employees");
    plan::Decision decision;
    decision.choices = {{plan.condition(Op::Greater, {employees, plan.whole(10)}), plan.whole(1),
                         "", note("choose 1 when employees > 10", 1)},
                        {plan.condition(Op::Less, {employees, plan.whole(10)}), plan.whole(2),
                         "small", note("choose 2 when employees < 10", 2)},
                        {kNoNode, plan.whole(3), "", note("choose 3 otherwise", 3)}};
    const Explanation result = explanation(plan.add(decision, kInt, "size"));
    EXPECT_EQ(explain::render_text(result),
              R"(decide size: value 2   (at 2026-06-30T08:00:00-04:00, America/New_York)
            false    choose 1 when employees > 10
                       employees = 3
            true  => choose 2 when employees < 10  (small)
                       employees = 3
                     choose 3 otherwise
)");
}

TEST_F(ExplainTest, ATableShowsItsRowsAndOutputs) {
    data.account({{"employees", integer(3)}});
    const NodeId employees = plan.field("account.employees");
    const NodeId few = plan.condition(Op::Less, {employees, plan.whole(10)});
    const NodeId many = plan.condition(Op::Greater, {employees, plan.whole(10)});
    plan::Table table;
    table.columns = {"employees"};
    table.outputs = {{"discount", kPercent, false}};
    table.rows = {
        {{many}, {plan.constant(kPercent, integer(100'000))}, "", note("| > 10 || 10% |", 1)},
        {{few}, {plan.constant(kPercent, integer(50'000))}, "", note("| < 10 || 5% |", 2)}};
    const Explanation result = explanation(plan.add(table, "offer"));
    EXPECT_EQ(result.results, (std::vector<explain::Named>{{"discount", "5%", ""}}));
    EXPECT_EQ(result.lines.at(0).truth, Truth::False);
    EXPECT_FALSE(result.lines.at(0).decides);
    EXPECT_TRUE(result.lines.at(1).decides);
}

TEST_F(ExplainTest, ReadsAreWhereValuesComeIn) {
    data.account();
    const NodeId employees = plan.field("account.employees");
    const NodeId name = plan.field("event.name");
    const NodeId named = plan.condition(Op::Equal, {name, plan.words("x")});
    const NodeId events =
        plan.aggregate(plan.over("events", plan::AggregateKind::Any, named), kBool);
    const NodeId large = plan.condition(Op::Greater, {employees, plan.whole(10)});
    const NodeId larger = plan.condition(Op::Greater, {employees, plan.whole(100)});
    const NodeId all = plan.condition(Op::And, {large, events, larger, plan.yes()});
    EXPECT_EQ(explain::reads_of(plan.plan, all), (std::vector{employees, events}));
    EXPECT_EQ(explain::label_of(plan.plan, events), "any(events)");
    EXPECT_TRUE(explain::reads_of(plan.plan, kNoNode).empty());
}

} // namespace
} // namespace rulebook::testing
