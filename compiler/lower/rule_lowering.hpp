// Rules of the model as rules of the plan. Internal to this folder.
#pragma once

#include "compiler/lower/expression_lowering.hpp"

namespace rulec::lower {

// Each gives the rule with node ids in place of expression ids.
rulebook::plan::Fit lower_version(ExpressionLowering& expressions, rulebook::plan::Fit fit);
rulebook::plan::Decision lower_version(ExpressionLowering& expressions,
                                       rulebook::plan::Decision decision);
rulebook::plan::Table lower_version(ExpressionLowering& expressions, rulebook::plan::Table table);
rulebook::plan::Trigger lower_version(ExpressionLowering& expressions,
                                      rulebook::plan::Trigger trigger);
rulebook::plan::Credit lower_version(ExpressionLowering& expressions,
                                     rulebook::plan::Credit credit);

} // namespace rulec::lower
