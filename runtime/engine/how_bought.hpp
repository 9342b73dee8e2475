// By whose touches the credited deals came about, counted. Internal to this folder.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "runtime/credit/account_credit.hpp"
#include "runtime/engine/results.hpp"

namespace rulebook::engine {

// The deal is credited.
HowBought how_bought(const plan::Plan& plan, const credit::DealCredit& deal);

// Of a deal of the version of a rule (index in Plan::credits) to which parties of these names had
// touches.
std::string how_bought(const plan::Plan& plan, std::uint32_t version,
                       const std::set<std::string>& parties);

// Adds to the row alike, or inserts one: rows are sorted by rule, currency and words.
void add(std::vector<HowBought>& rows, const HowBought& more);

} // namespace rulebook::engine
