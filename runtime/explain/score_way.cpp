#include "runtime/explain/score_way.hpp"

#include <algorithm>
#include <optional>

#include "runtime/interpret/comparison.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::explain {

namespace {

using plan::Op;
using plan::Value;

// A comparison one of whose operands is taken to have another value.
class Supposing {
public:
    Supposing(interpret::Evaluator& evaluator, const interpret::RowContext& row,
              const plan::Node& comparison, std::size_t at)
        : op_(comparison.op), at_(at) {
        for (const plan::NodeId operand : comparison.operands)
            operands_.push_back(evaluator.evaluate(operand, row));
    }

    const std::vector<Value>& operands() const { return operands_; }

    // Nothing where that is unknown.
    std::optional<bool> holds(const Value& value) {
        operands_[at_] = value;
        const Value result = interpret::compare(op_, operands_);
        return result.known() ? std::optional(result.is_true()) : std::nullopt;
    }

private:
    Op op_;
    std::size_t at_;
    std::vector<Value> operands_;
};

ScoreWay way_to_tiers(const plan::Fit& fit, std::int64_t score, std::optional<std::int64_t> out,
                      Supposing& supposing, bool wanted) {
    ScoreWay way;
    const std::size_t now = tier_reached(fit, score);
    for (std::size_t i = 0; i < fit.tiers.size(); ++i) {
        if (supposing.holds(Value::of(fit.tiers[i].value)) != wanted)
            continue;
        way.tiers.push_back(i);
        way.up = way.up || i < now;
        way.down = way.down || i > now;
    }
    way.out = out && supposing.holds(Value::of(*out)) == wanted;
    return way;
}

// Between two bounds of a comparison nothing changes: looked at are the bounds, what is just beside
// them, and the ends of the score.
ScoreWay way_to_scores(const plan::Fit& fit, std::int64_t score, std::size_t at,
                       Supposing& supposing, bool wanted) {
    std::vector<std::int64_t> scores;
    for (std::size_t i = 0; i < supposing.operands().size(); ++i)
        if (const Value& bound = supposing.operands()[i];
            i != at && bound.known() && bound.alternative() == 2)
            for (const std::int64_t step : {-1, 0, 1})
                if (const auto beside = checked_add(bound.integer(), step))
                    scores.push_back(*beside);
    ScoreWay way;
    for (const std::int64_t each : scores) {
        if ((fit.score_low && each < *fit.score_low) ||
            (fit.score_high && each > *fit.score_high) ||
            supposing.holds(Value::of(each)) != wanted)
            continue;
        way.up = way.up || each > score;
        way.down = way.down || each < score;
    }
    way.out = supposing.holds(Value::of(std::int64_t{0})) == wanted;
    return way;
}

std::optional<std::int64_t> out_tier(const plan::Plan& plan, std::uint32_t rule) {
    const plan::Type type = plan.rules[rule].type;
    if (!type.is(plan::TypeKind::Enum))
        return std::nullopt;
    return plan.schema.enums[type.enum_index()].index_of("out");
}

} // namespace

std::size_t tier_reached(const plan::Fit& fit, std::int64_t score) {
    const auto reached =
        std::ranges::find_if(fit.tiers, [&](const plan::Tier& tier) { return score >= tier.from; });
    return static_cast<std::size_t>(reached - fit.tiers.begin());
}

ScoreWay score_way(interpret::Evaluator& evaluator, const interpret::RowContext& row,
                   const plan::Fit& fit, std::int64_t score, plan::NodeId read,
                   const plan::Node& comparison, bool wanted) {
    const auto found = std::ranges::find(comparison.operands, read);
    const auto at = static_cast<std::size_t>(found - comparison.operands.begin());
    const plan::Node& node = evaluator.plan().node(read);
    const bool of_score = node.op == Op::FitScore;
    if (found == comparison.operands.end() || !plan::is_comparison(comparison.op) ||
        !(of_score || node.op == Op::FitTier))
        return {.up = true, .down = true};
    Supposing supposing(evaluator, row, comparison, at);
    if (!of_score)
        return way_to_tiers(fit, score, out_tier(evaluator.plan(), node.index), supposing, wanted);
    return way_to_scores(fit, score, at, supposing, wanted);
}

} // namespace rulebook::explain
