// Operations that read what a rule of an earlier layer gives. In a program a rule has one version:
// the one that is in force at its instants, if one is.
#include "compiler/codegen/operation.hpp"

namespace rulec::codegen {

namespace native = rulebook::native;
using rulebook::plan::Op;

namespace {

const native::FitArrays& fit_read(const Operation& operation) {
    return *operation.emission.program().fit_of(operation.node.index);
}

} // namespace

Lowered lower(Is<Op::FitScore>, const Operation& operation) {
    return {operation.emission.kernel().load(fit_read(operation).score, Cell::Integer),
            operation.ir().getTrue()};
}

// Unknown where the fit has no tiers.
Lowered lower(Is<Op::FitTier>, const Operation& operation) {
    auto* const tier = operation.emission.kernel().load(fit_read(operation).tier, Cell::Integer);
    return {tier, operation.ir().CreateICmpSGE(tier, operation.ir().getInt64(0))};
}

Lowered lower(Is<Op::FitOut>, const Operation& operation) {
    return {operation.emission.kernel().load(fit_read(operation).out, Cell::Bool),
            operation.ir().getTrue()};
}

Lowered lower(Is<Op::FitUnknowns>, const Operation& operation) {
    auto& ir = operation.ir();
    auto* const count = operation.emission.kernel().load(fit_read(operation).unknowns, Cell::Count);
    return {ir.CreateZExt(count, ir.getInt64Ty()), ir.getTrue()};
}

Lowered lower(Is<Op::DecisionResult>, const Operation& operation) {
    const ArrayIndex value = *operation.emission.program().decision_of(operation.node.index)->value;
    Kernel& kernel = operation.emission.kernel();
    return {kernel.load(value, cell_of(operation.node.type)), kernel.load_known(value)};
}

} // namespace rulec::codegen
