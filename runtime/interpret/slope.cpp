#include "runtime/interpret/slope.hpp"

namespace rulebook::interpret {

namespace {

using plan::Op;

Int128 slope_of_product(Evaluation& evaluation, plan::NodeId a, plan::NodeId b) {
    const Int128 slope = slope_of(evaluation, a);
    const plan::Value factor = evaluation.value(b);
    return slope == 0 || !factor.known() ? 0 : slope * factor.integer();
}

// Of the operand that gives the result.
Int128 slope_of_chosen(Evaluation& evaluation, const plan::Node& node, const plan::Value& result) {
    for (const plan::NodeId operand : node.operands)
        if (const plan::Value value = evaluation.value(operand); value.known() && value == result)
            return slope_of(evaluation, operand);
    return 0;
}

} // namespace

Int128 slope_of(Evaluation& evaluation, plan::NodeId id) {
    const plan::Node& node = evaluation.plan().node(id);
    if (!evaluation.preparation().is_linear(id))
        return 0;
    switch (node.op) {
    case Op::EvaluationInstant:
        return 1;
    case Op::AddExact:
        return slope_of(evaluation, node.operands[0]) + slope_of(evaluation, node.operands[1]);
    case Op::SubtractExact:
        return slope_of(evaluation, node.operands[0]) - slope_of(evaluation, node.operands[1]);
    case Op::MultiplyExact:
        return slope_of_product(evaluation, node.operands[0], node.operands[1]) +
               slope_of_product(evaluation, node.operands[1], node.operands[0]);
    case Op::NegateExact:
        return -slope_of(evaluation, node.operands[0]);
    case Op::AbsExact: {
        const plan::Value value = evaluation.value(node.operands[0]);
        const Int128 slope = slope_of(evaluation, node.operands[0]);
        const bool falls =
            value.known() && (value.integer() < 0 || (value.integer() == 0 && slope < 0));
        return falls ? -slope : slope;
    }
    case Op::If:
        return slope_of(evaluation,
                        node.operands[evaluation.value(node.operands[0]).is_true() ? 1 : 2]);
    case Op::Default:
        return slope_of(evaluation,
                        node.operands[evaluation.value(node.operands[0]).known() ? 0 : 1]);
    case Op::Minimum:
    case Op::Maximum:
        return slope_of_chosen(evaluation, node, evaluation.value(id));
    case Op::AsOfAgo:
        return evaluation.at_instant(evaluation.instant() - node.detail,
                                     [&] { return slope_of(evaluation, node.operands[0]); });
    default:
        return 0;
    }
}

} // namespace rulebook::interpret
