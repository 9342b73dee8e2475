// The touches that a deal's rule did not take, one by one. Internal to this folder.
#pragma once

#include <vector>

#include "runtime/credit/account_credit.hpp"
#include "runtime/explain/explanation.hpp"

namespace rulebook::explain {

// Those nearest to the window on both sides, and those that the rule's filter left out, in order.
// Of many the nearest few: the deal's line says how many there are. `row`: of the deal, at its
// instant.
std::vector<Line> left_out_lines(interpret::Evaluator& evaluator, const credit::DealCredit& deal,
                                 const interpret::RowContext& row);

// "touch t_17 at 2026-03-02T09:00:00-05:00"; without a key just when.
std::string touch_text(const interpret::Evaluator& evaluator, const interpret::Record& touch,
                       std::int64_t instant);

} // namespace rulebook::explain
