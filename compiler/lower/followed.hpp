// Whether the conditions that triggers wait for (`becomes C`) can be followed in time. Internal to
// this folder.
#pragma once

#include "compiler/lower/expression_lowering.hpp"
#include "compiler/lower/rule_order.hpp"

namespace rulec::lower {

// Reports the narrowest piece of each condition for which no instants can be derived. Requires
// that all rules are lowered.
void check_followed(const model::Rulebook& book, const rulebook::plan::Plan& plan,
                    const RuleOrder& order, const ExpressionLowering& expressions,
                    Diagnostics& diagnostics);

} // namespace rulec::lower
