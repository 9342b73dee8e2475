#include "runtime/plan/motion.hpp"

#include <algorithm>
#include <optional>

#include "runtime/plan/motion_algebra.hpp"
#include "runtime/plan/roots.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::plan {

namespace {

using Kind = Motion::Kind;
using Reason = Motion::Reason;

class Motions {
public:
    explicit Motions(const Plan& plan)
        : plan_(plan), nodes_(plan.nodes.size()), fits_(plan.rules.size()),
          values_(plan.rules.size()) {}

    std::vector<Motion> find() {
        for (std::uint32_t rule = 0; rule < plan_.rules.size(); ++rule)
            add_rule(rule); // none reads a later one
        std::vector<Motion> found;
        for (NodeId id = 0; id < plan_.nodes.size(); ++id)
            found.push_back(of(id));
        return found;
    }

private:
    // A fit's three kinds of results.
    struct FitMotion {
        Motion score;
        Motion out;
        Motion unknowns;
    };

    Motion of(NodeId id) {
        if (id == kNoNode)
            return kStill;
        if (!nodes_[id])
            nodes_[id] = find(id, plan_.nodes[id]);
        return *nodes_[id];
    }

    // All operands together; what `if` asks decides when its value changes, not how it moves.
    Motion of_operands(const Node& node) {
        const std::size_t first = node.op == Op::If ? 1 : 0;
        if (node.operands.empty())
            return kStill;
        Motion all = of(node.operands[first]);
        for (std::size_t i = first + 1; i < node.operands.size(); ++i)
            all = either(all, of(node.operands[i]));
        const Motion asked = first == 0 ? kStill : of(node.operands[0]);
        return all.moves_all_the_time() && asked.kind != Kind::Unfollowed ? all
                                                                          : either(all, asked);
    }

    Motion find(NodeId id, const Node& node) {
        const Motion operands = of_operands(node);
        if (operands.kind == Kind::Unfollowed)
            return operands;
        switch (motion(node.op)) {
        case OpMotion::Still:
            return kStill;
        case OpMotion::Instant:
            return linear(1, 1);
        case OpMotion::OfRule:
            return result_of_rule(node);
        case OpMotion::OfRecords:
            return node.op == Op::Aggregate ? of_aggregate(id, plan_.aggregates[node.index])
                                            : of_firings(id, operands);
        case OpMotion::Follows:
            return follows(id, node, operands);
        case OpMotion::Chooses:
            return operands;
        case OpMotion::Matches:
            return operands.kind == Kind::Continuous ? unfollowed(id, Reason::Equality)
                                                     : stepping(operands);
        case OpMotion::Compares:
            return stepping(operands);
        case OpMotion::Linear:
            return of_exact(node, operands);
        case OpMotion::Continuous:
            return continuous_if_moving(operands);
        case OpMotion::Dates:
            return operands.keeps_pace() ? stepping(operands) : unfollowed(id, Reason::Moving);
        case OpMotion::Past:
            return of_past(node, operands);
        }
        return kStill;
    }

    static Motion follows(NodeId id, const Node& node, const Motion& operands) {
        if (!operands.moves_all_the_time())
            return operands;
        return unfollowed(id, node.op == Op::InSet ? Reason::Equality : Reason::Moving);
    }

    // ---- exact arithmetic

    Motion of_exact(const Node& node, const Motion& operands) {
        if (operands.kind != Kind::Linear)
            return operands;
        const Motion left = of(node.operands.front());
        const Motion right = of(node.operands.back());
        switch (node.op) {
        case Op::AddExact:
            return linear(checked_add(left.least_slope, right.least_slope),
                          checked_add(left.greatest_slope, right.greatest_slope));
        case Op::SubtractExact:
            return linear(checked_subtract(left.least_slope, right.greatest_slope),
                          checked_subtract(left.greatest_slope, right.least_slope));
        case Op::MultiplyExact:
            return of_product(node);
        case Op::NegateExact:
            return linear(checked_subtract(0, left.greatest_slope),
                          checked_subtract(0, left.least_slope));
        default: { // AbsExact: either sign
            const Motion negative = linear(checked_subtract(0, left.greatest_slope),
                                           checked_subtract(0, left.least_slope));
            return either(left, negative);
        }
        }
    }

    // By a number that is written out the slope stays exact.
    Motion of_product(const Node& node) {
        for (std::size_t side = 0; side < 2; ++side) {
            const Node& factor = plan_.nodes[node.operands[side]];
            if (factor.op != Op::Constant || !factor.literal.known())
                continue;
            const Motion moving = of(node.operands[1 - side]);
            const auto one = checked_multiply(moving.least_slope, factor.literal.integer());
            const auto other = checked_multiply(moving.greatest_slope, factor.literal.integer());
            if (!one || !other)
                return kContinuous;
            return linear(std::min(*one, *other), std::max(*one, *other));
        }
        return kContinuous;
    }

    // ---- the past

    Motion of_past(const Node& node, const Motion& operand) {
        if (node.op == Op::Change || node.op == Op::ChangeNumber)
            return operand.moves_all_the_time() ? kContinuous : kSteps;
        const bool constant = plan_.nodes[node.operands.front()].op == Op::Constant;
        return operand.kind == Kind::Still && !constant ? kSteps : operand;
    }

    // ---- records

    Motion of_firings(NodeId id, const Motion& since) {
        return since.keeps_pace() ? kSteps : unfollowed(id, Reason::Window);
    }

    Motion of_windows(NodeId id, const Aggregate& aggregate) {
        Motion all;
        for (const Window& window : aggregate.windows) {
            const Motion anchor = of(window.anchor);
            if (anchor.kind == Kind::Unfollowed)
                return anchor;
            if (!anchor.keeps_pace())
                return unfollowed(id, Reason::Window);
            all = either(all, window.kind == WindowKind::Last ? kSteps : stepping(anchor));
        }
        return all;
    }

    Motion of_aggregate(NodeId id, const Aggregate& aggregate) {
        const Motion kept =
            either(of_windows(id, aggregate), either(of(aggregate.where), of(aggregate.have)));
        const Motion value = of(aggregate.value);
        if (value.moves_all_the_time() && aggregate.kind == AggregateKind::Distinct)
            return unfollowed(id, Reason::Moving);
        return either(kept, continuous_if_moving(value));
    }

    // ---- rules

    static Motion of_versions(const Effective& effective) {
        return effective.from || effective.until ? kSteps : kStill;
    }

    void add_rule(std::uint32_t index) {
        const Rule& rule = plan_.rules[index];
        for (const std::uint32_t version : rule.versions) {
            if (rule.kind == RuleKind::Fit)
                add(fits_[index], plan_.fits[version]);
            else if (rule.kind == RuleKind::Decision)
                add(values_[index], plan_.decisions[version]);
            else if (rule.kind == RuleKind::Table)
                add(values_[index], plan_.tables[version]);
        }
    }

    void add(FitMotion& fit, const Fit& version) {
        const Motion in_force = of_versions(version.effective);
        fit.out = either(fit.out, in_force);
        for (const OutClause& out : version.outs)
            fit.out = either(fit.out, of(out.when));
        fit.score = either(fit.score, fit.out);
        for (const PointsClause& clause : version.clauses)
            fit.score = either(fit.score, of_clause(clause));
        fit.unknowns = either(fit.unknowns, stepping(fit.score));
    }

    Motion of_clause(const PointsClause& clause) {
        Motion points = of(clause.when);
        if (clause.ramp)
            points = either(points, continuous_if_moving(of(clause.ramp->input)));
        if (!clause.for_each)
            return points;
        points = either(points, of_aggregate(kNoNode, clause.for_each->elements));
        const bool fades = clause.for_each->fading != ForEach::Fading::None;
        return fades ? either(points, kContinuous) : points;
    }

    void add(std::vector<Motion>& values, const Decision& version) {
        values.resize(1);
        values[0] = either(values[0], of_versions(version.effective));
        for (const Choice& choice : version.choices)
            values[0] = either(values[0], either(of(choice.when), of(choice.value)));
    }

    void add(std::vector<Motion>& values, const Table& version) {
        values.resize(version.outputs.size());
        for (std::size_t output = 0; output < values.size(); ++output) {
            values[output] = either(values[output], of_versions(version.effective));
            for (const TableRow& row : version.rows) {
                for (const NodeId condition : row.conditions)
                    values[output] = either(values[output], of(condition));
                values[output] = either(values[output], of_cell(version.hit, row.outputs[output]));
            }
        }
    }

    // Where rows are compared or added up, a value that moves is more than one piece of itself.
    Motion of_cell(HitPolicy hit, NodeId cell) {
        const Motion motion = of(cell);
        if (!motion.moves_all_the_time())
            return motion;
        if (hit == HitPolicy::Any)
            return unfollowed(cell, Reason::Equality);
        return hit == HitPolicy::First || hit == HitPolicy::Unique ? motion : kContinuous;
    }

    Motion result_of_rule(const Node& node) const {
        switch (node.op) {
        case Op::FitOut:
            return fits_[node.index].out;
        case Op::FitUnknowns:
            return fits_[node.index].unknowns;
        case Op::FitScore:
        case Op::FitTier:
            return fits_[node.index].score;
        case Op::TableOutput:
            return values_[node.index][static_cast<std::size_t>(node.detail)];
        default:
            return values_[node.index].front();
        }
    }

    const Plan& plan_;
    std::vector<std::optional<Motion>> nodes_;
    std::vector<FitMotion> fits_;             // per rule
    std::vector<std::vector<Motion>> values_; // per rule: of a decision; a table's outputs
};

} // namespace

std::vector<Motion> motions(const Plan& plan) {
    return Motions(plan).find();
}

} // namespace rulebook::plan
