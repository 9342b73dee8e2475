// Points along a straight line; internal to this folder.
#pragma once

#include "compiler/codegen/kernel.hpp"
#include "runtime/plan/rules.hpp"

namespace rulec::codegen {

// Whether points_on_line can be asked: an integer between known ends, not too far apart.
bool is_native_ramp(const rulebook::plan::PointsClause& clause);

// Hundredths, rounded once half to even, at the input x (i64, may be anything).
llvm::Value* points_on_line(llvm::IRBuilder<>& ir, const rulebook::plan::PointsClause& clause,
                            llvm::Value* x);

} // namespace rulec::codegen
