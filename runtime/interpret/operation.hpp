// One function per operation of the plan; internal to this folder. They are declared by expanding
// ops.def, and evaluation.cpp dispatches by expanding it again: an operation without a function
// does not build. Each defines the meaning of its operation, unknown operands included.
#pragma once

#include "runtime/interpret/evaluation.hpp"
#include "runtime/plan/op.hpp"
#include "runtime/plan/plan.hpp"

namespace rulebook::interpret {

using plan::Cause;
using plan::Value;

// The node that is being computed.
struct Call {
    Evaluation& evaluation;
    plan::NodeId id;
    const plan::Node& node;

    std::size_t operand_count() const { return node.operands.size(); }
    Value operand(std::size_t i) const { return evaluation.value(node.operands[i]); }
    plan::Type operand_type(std::size_t i) const {
        return evaluation.plan().node(node.operands[i]).type;
    }
    // An unknown that arises here.
    Value unknown(Cause cause) const { return Value::unknown(cause, id); }
};

template <plan::Op op>
struct Is {};

#define RB_OP(Name, id, ...) Value evaluate(Is<plan::Op::Name>, const Call& call);
#include "runtime/plan/ops.def"

} // namespace rulebook::interpret
