#include "runtime/interpret/motion.hpp"

#include <algorithm>

namespace rulebook::interpret {

namespace {

using plan::Op;

bool keeps_linear(plan::AggregateKind kind) {
    return kind == plan::AggregateKind::Sum || kind == plan::AggregateKind::First ||
           kind == plan::AggregateKind::Last;
}

// Whether the result moves evenly if the operands do, or a part of them.
bool may_be_linear(Op op) {
    switch (op) {
    case Op::EvaluationInstant:
    case Op::AddExact:
    case Op::SubtractExact:
    case Op::MultiplyExact:
    case Op::NegateExact:
    case Op::AbsExact:
    case Op::If:
    case Op::Default:
    case Op::Minimum:
    case Op::Maximum:
    case Op::AsOfAgo:
    case Op::Aggregate:
        return true;
    default:
        return false;
    }
}

} // namespace

std::vector<Motion> motions(const plan::Plan& plan) {
    std::vector<Motion> all;
    for (const plan::Node& node : plan.nodes) {
        const auto moves = [&](plan::NodeId id) {
            return id != plan::kNoNode && all[id] == Motion::Linear;
        };
        bool linear = may_be_linear(node.op);
        if (node.op == Op::Aggregate) {
            const plan::Aggregate& aggregate = plan.aggregates[node.index];
            linear = keeps_linear(aggregate.kind) && moves(aggregate.value);
        } else if (node.op == Op::MultiplyExact) {
            linear = moves(node.operands[0]) != moves(node.operands[1]);
        } else if (node.op != Op::EvaluationInstant) {
            linear = linear && std::ranges::any_of(node.operands, moves);
        }
        all.push_back(linear ? Motion::Linear : Motion::Still);
    }
    return all;
}

} // namespace rulebook::interpret
