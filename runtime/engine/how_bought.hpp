// By whose touches the credited deals came about, counted. Internal to this folder.
#pragma once

#include <vector>

#include "runtime/credit/account_credit.hpp"
#include "runtime/engine/results.hpp"

namespace rulebook::engine {

// The deal is credited.
HowBought how_bought(const plan::Plan& plan, const credit::DealCredit& deal);

// Adds to the row alike, or inserts one: rows are sorted by rule, currency and words.
void add(std::vector<HowBought>& rows, const HowBought& more);

} // namespace rulebook::engine
