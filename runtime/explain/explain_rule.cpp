#include "runtime/explain/explain_rule.hpp"

#include <algorithm>

#include "runtime/explain/reads.hpp"
#include "runtime/explain/subject.hpp"
#include "runtime/interpret/readable.hpp"

namespace rulebook::explain {

namespace {

// ---- fits

std::vector<Named> seen_by_clause(Subject& subject, const plan::PointsClause& clause,
                                  const interpret::ClauseResult& result) {
    std::vector<Named> seen = subject.seen_by(clause.when);
    if (clause.ramp)
        subject.add_seen(seen, clause.ramp->input);
    if (clause.for_each) {
        const auto& entity = subject.plan().schema.entities[clause.for_each->elements.collection];
        seen.push_back({entity.collection + " that count", std::to_string(result.elements)});
    }
    return seen;
}

void add_outs(Subject& subject, const plan::Fit& fit, const interpret::FitResult& result,
              Explanation& explanation) {
    for (std::size_t i = 0; i < fit.outs.size(); ++i) {
        Line line = subject.line(LineKind::OutCondition, fit.outs[i].note, fit.outs[i].because);
        subject.judge(line, result.outs[i]);
        line.seen = subject.seen_by(fit.outs[i].when);
        explanation.lines.push_back(std::move(line));
    }
}

void add_clauses(Subject& subject, const plan::Fit& fit, const interpret::FitResult& result,
                 Explanation& explanation) {
    for (std::size_t i = 0; i < fit.clauses.size(); ++i) {
        const plan::PointsClause& clause = fit.clauses[i];
        const interpret::ClauseResult& clause_result = result.clauses[i];
        Line line = subject.line(LineKind::Points, clause.note, clause.because);
        subject.judge(line, clause_result.truth);
        line.points = clause_result.points;
        line.seen = seen_by_clause(subject, clause, clause_result);
        explanation.lines.push_back(std::move(line));
        if (clause_result.limit == 0)
            continue;
        Line limit = subject.line(LineKind::ClauseLimit, clause.note, "");
        limit.text = limit_words(clause.at_least, clause.at_most);
        limit.points = clause_result.limit;
        explanation.lines.push_back(std::move(limit));
    }
}

void add_limits(Subject& subject, const plan::Fit& fit, const interpret::FitResult& result,
                Explanation& explanation) {
    for (std::size_t i = 0; i < fit.groups.size(); ++i) {
        if (result.group_limits[i] == 0)
            continue;
        const plan::PointsGroup& group = fit.groups[i];
        Line line = subject.line(LineKind::GroupLimit, group.note, "");
        line.text = "group " + group.name + " " + limit_words(group.at_least, group.at_most);
        line.points = result.group_limits[i];
        explanation.lines.push_back(std::move(line));
    }
    if (result.score_limit != 0) {
        Line line = subject.line(LineKind::ScoreLimit, {}, "");
        line.text = "score " + limit_words(fit.score_low, fit.score_high);
        line.points = result.score_limit;
        explanation.lines.push_back(std::move(line));
    }
    if (result.out) {
        Line line = subject.line(LineKind::OutLoss, {}, "");
        line.text = "out: the score is 0 whatever else hits";
        line.points = result.out_loss;
        explanation.lines.push_back(std::move(line));
    }
}

void explain_fit(Subject& subject, Explanation& explanation) {
    const interpret::FitResult* held = subject.fit();
    explanation.in_force = held != nullptr;
    if (!explanation.in_force)
        return;
    const interpret::FitResult& result = *held; // stays: row and instant do not change
    const plan::Fit& fit = subject.plan().fits[result.version];
    add_outs(subject, fit, result, explanation);
    add_clauses(subject, fit, result, explanation);
    add_limits(subject, fit, result, explanation);
    const auto points = plan::Type::of(plan::TypeKind::Points);
    explanation.results = {subject.named("score", points, plan::Value::of(result.score))};
    if (result.tier)
        explanation.results.push_back(
            subject.named("tier", subject.rule().type, plan::Value::of(*result.tier)));
    explanation.results.push_back({"unknowns", std::to_string(result.unknowns)});
}

// ---- decisions

void explain_decision(Subject& subject, Explanation& explanation) {
    const interpret::DecisionResult* held = subject.decision();
    explanation.in_force = held != nullptr;
    if (!explanation.in_force)
        return;
    const interpret::DecisionResult& result = *held; // stays: row and instant do not change
    const plan::Decision& decision = subject.plan().decisions[result.version];
    for (std::size_t i = 0; i < decision.choices.size(); ++i) {
        const plan::Choice& choice = decision.choices[i];
        Line line = subject.line(LineKind::Choice, choice.note, choice.because);
        if (choice.when != plan::kNoNode)
            subject.judge(line, subject.value(choice.when));
        line.decides = result.choice == i;
        line.seen = subject.seen_by(choice.when);
        if (line.decides)
            subject.add_seen(line.seen, choice.value);
        explanation.lines.push_back(std::move(line));
    }
    explanation.results = {subject.named("value", subject.rule().type, result.value)};
}

// ---- tables

// The `and` of the row's conditions.
plan::Value truth_of_row(Subject& subject, const plan::TableRow& row) {
    plan::Value truth = plan::Value::of(true);
    for (const plan::NodeId condition : row.conditions) {
        if (condition == plan::kNoNode)
            continue;
        plan::Value cell = subject.value(condition);
        if (cell.is_false())
            return cell;
        if (!cell.known() && truth.known())
            truth = std::move(cell);
    }
    return truth;
}

void add_outputs(Subject& subject, const plan::Table& table, const interpret::TableResult& result,
                 Explanation& explanation) {
    for (std::size_t i = 0; i < result.outputs.size(); ++i)
        explanation.results.push_back(
            subject.named(table.outputs[i].name, table.outputs[i].type, result.outputs[i]));
    for (const auto& outputs : result.collected)
        for (std::size_t i = 0; i < outputs.size(); ++i)
            explanation.results.push_back(
                subject.named(table.outputs[i].name, table.outputs[i].type, outputs[i]));
}

void explain_table(Subject& subject, Explanation& explanation) {
    const interpret::TableResult* held = subject.table();
    explanation.in_force = held != nullptr;
    if (!explanation.in_force)
        return;
    const interpret::TableResult& result = *held; // stays: row and instant do not change
    const plan::Table& table = subject.plan().tables[result.version];
    for (std::uint32_t i = 0; i < table.rows.size(); ++i) {
        const plan::TableRow& row = table.rows[i];
        Line line = subject.line(LineKind::Row, row.note, row.because);
        if (!row.conditions.empty())
            subject.judge(line, truth_of_row(subject, row));
        for (const plan::NodeId condition : row.conditions)
            subject.add_seen(line.seen, condition);
        line.decides = std::ranges::find(result.rows, i) != result.rows.end();
        explanation.lines.push_back(std::move(line));
    }
    add_outputs(subject, table, result, explanation);
}

} // namespace

Explanation explain_rule(interpret::Evaluator& evaluator, std::uint32_t rule,
                         interpret::RowIndex root, std::int64_t instant) {
    Subject subject(evaluator, rule, root, instant);
    Explanation explanation = subject.begin();
    switch (subject.rule().kind) {
    case plan::RuleKind::Fit:
        explain_fit(subject, explanation);
        break;
    case plan::RuleKind::Decision:
        explain_decision(subject, explanation);
        break;
    case plan::RuleKind::Table:
        explain_table(subject, explanation);
        break;
    case plan::RuleKind::Trigger:
    case plan::RuleKind::Credit:
        break; // these have explanations of their own
    }
    return explanation;
}

} // namespace rulebook::explain
