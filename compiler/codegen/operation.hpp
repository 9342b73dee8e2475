// One function for each operation that native_ops.def calls Lowered; internal to this folder. Each
// states the same meaning as the function of that name in runtime/interpret, unknowns included. The
// operands' values may be anything where they are unknown.
#pragma once

#include "compiler/codegen/emission.hpp"
#include "runtime/plan/op.hpp"
#include "runtime/plan/plan.hpp"

namespace rulec::codegen {

// The node that is being lowered.
struct Operation {
    Emission& emission;
    rulebook::plan::NodeId id;
    const rulebook::plan::Node& node;

    llvm::IRBuilder<>& ir() const { return emission.body(); }
    std::size_t operand_count() const { return node.operands.size(); }
    Lowered operand(std::size_t i) const { return emission.value(node.operands[i]); }
    rulebook::plan::Type operand_type(std::size_t i) const {
        return emission.plan().node(node.operands[i]).type;
    }
};

template <rulebook::plan::Op op>
struct Is {};

#define RB_Lowered(Name) Lowered lower(Is<rulebook::plan::Op::Name>, const Operation& operation);
#define RB_Asked(Name)
#define RB_NATIVE_OP(Name, how) RB_##how(Name)
#include "compiler/codegen/native_ops.def"
#undef RB_Lowered
#undef RB_Asked

} // namespace rulec::codegen
