// What the conditions of a trigger ask of every record anew at each candidate. Internal to this
// folder.
#pragma once

#include "compiler/lower/expression_lowering.hpp"
#include "compiler/lower/rule_order.hpp"

namespace rulec::lower {

// Warns of aggregates over the very events that a trigger waits for which go over all that ever
// came at each candidate. Requires that all rules are lowered.
void check_asked_again(const model::Rulebook& book, const rulebook::plan::Plan& plan,
                       const RuleOrder& order, const ExpressionLowering& expressions,
                       Diagnostics& diagnostics);

} // namespace rulec::lower
