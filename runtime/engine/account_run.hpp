// The selected rules for one account after the other. Internal to this folder.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/credit/account_credit.hpp"
#include "runtime/engine/results.hpp"
#include "runtime/engine/selection.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/trigger/account_triggers.hpp"

namespace rulebook::engine {

// Everything that is shared by the threads of a run.
struct Prepared {
    const plan::Plan& plan;
    const data::Dataset& dataset;
    interpret::PreparedPlan expressions;
    trigger::TriggerShapes triggers;
    credit::CreditShapes credits;
    Selection selection;
    std::int64_t as_of = 0;

    // Whether the account is there at as_of. An unknown origin keeps nobody away.
    bool is_there(AccountIndex account) const;
};

// Results without rows, with a column for each selected rule.
Results empty_results(const Prepared& prepared);

// One thread at a time per object. The layers in order: fits, decisions and tables; triggers;
// credit.
class AccountRun {
public:
    explicit AccountRun(const Prepared& prepared);

    // Appends what the rules give for the account.
    void run(AccountIndex account, Results& results);

private:
    void add_fits(AccountIndex account, Results& results);
    void add_decisions(AccountIndex account, Results& results);
    void add_tables(AccountIndex account, Results& results);
    void add_firings(AccountIndex account, Results& results) const;
    void add_credits(AccountIndex account, const interpret::FiredLookup* fired, Results& results);
    void add_credit(AccountIndex account, const credit::DealCredit& deal, Results& results) const;
    std::string cause_of(const credit::DealCredit& deal) const;

    const Prepared& prepared_;
    interpret::Evaluator evaluator_;
    trigger::AccountTriggers triggers_;
};

} // namespace rulebook::engine
