// Credit under every model, side by side: the sums that teams choose a model by.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/credit/account_credit.hpp"
#include "runtime/credit/party.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/engine/run.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/currency.hpp"
#include "runtime/value/integer.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::engine {

// What a party gets under one model. Amounts are in minor units.
struct ComparedCredit {
    std::uint64_t deals = 0; // of which it gets anything
    Int128 amount = 0;
};

struct ComparedParty {
    credit::Party party;
    std::vector<ComparedCredit> by_model; // as CreditComparison::models
};

// Of a model as a whole, beside the rule as it is written.
struct ComparedModel {
    std::string name;
    std::uint64_t passed = 0; // deals that it cannot divide, so that nobody gets them
    Int128 moved = 0;         // what changes hands, deal by deal
};

// Deals that the rule lists instead of crediting them, for one cause: they are in no model's sums.
struct UncreditedSum {
    credit::Uncredited cause = credit::Uncredited::ForUnknown;
    std::uint64_t deals = 0;
    std::uint64_t without_amount = 0; // of these
    Int128 amount = 0;
};

// The deals of one rule in one currency. The amounts of the parties add up to `amount` under every
// model.
struct CreditComparison {
    std::uint32_t rule = 0; // index in Plan::rules
    Currency currency;
    std::uint64_t deals = 0;
    Int128 amount = 0;
    std::vector<UncreditedSum> uncredited; // by cause; only what occurs
    std::vector<ComparedModel> models;     // the rule as it is written first
    std::vector<ComparedParty> parties;    // by name
};

// Of the credit rules in `options.only` (empty: all), over the deals that they credit or list at
// as_of, in the order of rules, then currencies. Of the options, code, `among` and `observe` are
// not looked at. Fails as `run` does, and with credit.comparison.
Result<std::vector<CreditComparison>>
compare_credit(const plan::Plan& plan, const data::Dataset& dataset, const RunOptions& options);

} // namespace rulebook::engine
