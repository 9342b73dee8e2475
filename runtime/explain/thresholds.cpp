#include "runtime/explain/thresholds.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "runtime/explain/comparison_words.hpp"
#include "runtime/explain/missed_points.hpp"
#include "runtime/explain/reads.hpp"
#include "runtime/explain/score_way.hpp"
#include "runtime/explain/subject.hpp"
#include "runtime/interpret/readable.hpp"
#include "runtime/plan/roots.hpp"

namespace rulebook::explain {

namespace {

using plan::kNoNode;
using plan::Node;
using plan::NodeId;
using plan::Op;
using plan::Value;

class Walk {
public:
    Walk(interpret::Evaluator& evaluator, const interpret::RowContext& row)
        : evaluator_(evaluator), plan_(evaluator.plan()), row_(row) {}

    // The node is to be `wanted`, and may not be so.
    void need(NodeId id, bool wanted) {
        if (id == kNoNode || lines_.size() >= kMostThresholds || !seen_.insert({id, wanted}).second)
            return;
        const Value value = evaluator_.evaluate(id, row_);
        if (value.known() && value.boolean() == wanted)
            return;
        const Node& node = plan_.node(id);
        switch (node.op) {
        case Op::And:
        case Op::Or:
        case Op::AtLeast:
            for (const NodeId operand : node.operands)
                need(operand, wanted);
            return;
        case Op::Not:
            return need(node.operands[0], !wanted);
        case Op::If:
            return need_of_choice(node, wanted);
        case Op::Default:
            return need(node.operands[evaluator_.evaluate(node.operands[0], row_).known() ? 0 : 1],
                        wanted);
        default:
            return need_atom(id, node, value, wanted);
        }
    }

    std::vector<Line> take() { return std::move(lines_); }

private:
    void need_of_choice(const Node& node, bool wanted) {
        const Value condition = evaluator_.evaluate(node.operands[0], row_);
        if (!condition.known())
            return need(node.operands[0], true);
        need(node.operands[condition.boolean() ? 1 : 2], wanted);
    }

    // Something that is no more to be taken apart.
    void need_atom(NodeId id, const Node& node, const Value& value, bool wanted) {
        Line line;
        line.kind = LineKind::Threshold;
        line.truth = truth_of(value);
        line.cause = cause_of(plan_, value);
        if (const auto words = words_of_comparison(evaluator_, id, row_, wanted))
            line.text = *words;
        else
            line.text = fmt::format("{} is {}; needs {}", label_of(plan_, id),
                                    spelling(truth_of(value)), wanted ? "true" : "false");
        add(std::move(line));
        for (const NodeId read : reads_of(plan_, id))
            if (plan::reads_rule(plan_.node(read).op))
                need_of_rule(read, node, wanted);
    }

    void add(Line line) {
        line.text.insert(0, 2 * depth_, ' ');
        if (lines_.size() < kMostThresholds)
            lines_.push_back(std::move(line));
    }

    // `comparison` reads the rule.
    void need_of_rule(NodeId reading, const Node& comparison, bool wanted) {
        constexpr std::size_t kDeepest = 3;
        const Node& read = plan_.node(reading);
        if (depth_ >= kDeepest || !rules_.insert(read.index).second)
            return;
        ++depth_;
        switch (plan_.rules[read.index].kind) {
        case plan::RuleKind::Fit:
            need_of_fit(reading, comparison, wanted);
            break;
        case plan::RuleKind::Decision:
            need_of_decision(read, comparison, wanted);
            break;
        default:
            break;
        }
        --depth_;
        rules_.erase(read.index);
    }

    // ---- fits: the score, and the clauses that could move it the right way
    void need_of_fit(NodeId reading, const Node& comparison, bool wanted) {
        const Node& read = plan_.node(reading);
        const interpret::FitResult* held =
            evaluator_.fit(read.index, row_.frames[0].row, row_.instant);
        if (held == nullptr)
            return;
        const interpret::FitResult result = *held; // what follows asks about other things
        const plan::Fit& fit = plan_.fits[result.version];
        const std::int64_t score = result.score - result.out_loss; // of the clauses
        const ScoreWay way = score_way(evaluator_, row_, fit, score, reading, comparison, wanted);
        add_score(read, fit, result, way);
        for (std::size_t i = 0; i < fit.outs.size(); ++i) {
            if (!way.out && result.outs[i].is_true())
                add_note(fmt::format("out: {} is true", fit.outs[i].note.text));
            else if (!way.out || result.out)
                continue;
            need(fit.outs[i].when, way.out);
        }
        add_clauses(fit, missed_points(fit, result, way));
    }

    void add_note(std::string text) {
        Line line;
        line.kind = LineKind::Threshold;
        line.text = std::move(text);
        add(std::move(line));
    }

    std::string points(std::int64_t hundredths) const {
        return interpret::readable(plan_.schema, plan::Type::of(plan::TypeKind::Points),
                                   Value::of(hundredths));
    }

    // "design_icp.score is 55; A from 80: 25 points more".
    void add_score(const Node& read, const plan::Fit& fit, const interpret::FitResult& result,
                   const ScoreWay& way) {
        const std::int64_t score = result.score - result.out_loss;
        std::string text =
            fmt::format("{}.score is {}", plan_.rules[read.index].name, points(result.score));
        if (result.out)
            text += fmt::format(" (out; its clauses give {})", points(score));
        for (const std::size_t tier : way.tiers)
            text += tier_words(read, fit, tier, score);
        add_note(std::move(text));
    }

    // The tiers stand from the highest down.
    std::string tier_words(const Node& read, const plan::Fit& fit, std::size_t index,
                           std::int64_t score) const {
        const plan::Tier& tier = fit.tiers[index];
        std::string words = "; " + interpret::readable(plan_.schema, plan_.rules[read.index].type,
                                                       Value::of(tier.value));
        if (tier.from != INT64_MIN)
            words += " from " + points(tier.from);
        if (score < tier.from)
            return words + fmt::format(": {} points more", points(tier.from - score));
        if (index == 0 || score < fit.tiers[index - 1].from)
            return words; // it is reached
        const std::int64_t under = fit.tiers[index - 1].from;
        return words + fmt::format(" and under {}: {} points less", points(under),
                                   points(score - under + 1));
    }

    void add_clauses(const plan::Fit& fit, const std::vector<MissedPoints>& missed) {
        for (const MissedPoints& each : missed) {
            const plan::PointsClause& clause = fit.clauses[each.clause];
            add_note(fmt::format("{} {}{}{}: {}", points(each.points), each.up ? "more" : "less",
                                 each.for_each ? " for each" : "", limit_words(fit, each),
                                 clause.note.text));
            ++depth_;
            need(clause.when, each.wanted);
            --depth_;
        }
    }

    // " (of 25: group firmographics at most 50 points)"; nothing where no limit takes any.
    std::string limit_words(const plan::Fit& fit, const MissedPoints& missed) const {
        std::string limits;
        if (missed.of_group) {
            const plan::PointsGroup& group = fit.groups[*fit.clauses[missed.clause].group];
            limits = fmt::format(": group {} {}", group.name,
                                 explain::limit_words(group.at_least, group.at_most));
        }
        if (missed.of_score)
            limits += fmt::format("{} score {}", limits.empty() ? ":" : ";",
                                  explain::limit_words(fit.score_low, fit.score_high));
        return limits.empty() ? limits : fmt::format(" (of {}{})", points(missed.whole), limits);
    }

    // ---- decisions: the choices that would give the value, and what is chosen before them
    void need_of_decision(const Node& read, const Node& comparison, bool wanted) {
        const interpret::DecisionResult* held =
            evaluator_.decision(read.index, row_.frames[0].row, row_.instant);
        if (held == nullptr)
            return;
        const interpret::DecisionResult result = *held;
        const plan::Decision& decision = plan_.decisions[result.version];
        if (result.choice)
            add_note(fmt::format("taken: {}", decision.choices[*result.choice].note.text));
        for (std::size_t i = 0; i < decision.choices.size(); ++i) {
            if (result.choice == i || gives(decision.choices[i], comparison) != wanted)
                continue;
            add_note(decision.choices[i].note.text);
            ++depth_;
            need(decision.choices[i].when, true);
            if (result.choice && *result.choice < i)
                need(decision.choices[*result.choice].when, false);
            --depth_;
        }
    }

    // Whether the choice's value is among what the comparison is with.
    bool gives(const plan::Choice& choice, const Node& comparison) {
        const Value value = evaluator_.evaluate(choice.value, row_);
        return std::ranges::any_of(comparison.operands, [&](NodeId operand) {
            const Node& bound = plan_.node(operand);
            return bound.op == Op::Constant && bound.literal == value;
        });
    }

    interpret::Evaluator& evaluator_;
    const plan::Plan& plan_;
    const interpret::RowContext& row_;
    std::vector<Line> lines_;
    std::set<std::pair<NodeId, bool>> seen_;
    std::set<std::uint32_t> rules_; // that are being taken apart
    std::size_t depth_ = 0;
};

} // namespace

std::vector<Line> thresholds(interpret::Evaluator& evaluator, NodeId node,
                             const interpret::RowContext& row, bool wanted) {
    Walk walk(evaluator, row);
    walk.need(node, wanted);
    return walk.take();
}

} // namespace rulebook::explain
