// The selected rules for one account after the other. Internal to this folder.
#pragma once

#include "runtime/engine/account_firings.hpp"
#include "runtime/engine/credit_rows.hpp"
#include "runtime/engine/native_rules.hpp"
#include "runtime/engine/over_accounts.hpp"
#include "runtime/engine/prepared.hpp"
#include "runtime/engine/results.hpp"
#include "runtime/engine/run.hpp"
#include "runtime/interpret/evaluator.hpp"

namespace rulebook::engine {

// Results without rows, with a column for each selected rule.
Results empty_results(const Prepared& prepared);

// One thread at a time per object. The layers in order: fits, decisions and tables; triggers;
// credit.
class AccountRun {
public:
    // `credits`: see CreditRows. All outlive it.
    AccountRun(const Prepared& prepared, const RunOptions& options,
               const credit::columns::ColumnShapes* credits);

    // Before the accounts of a piece.
    void begin(const Piece& piece);
    // Appends what the rules give for the account.
    void run(AccountIndex account, Results& results);

private:
    void take_up_code();
    void add_fits(AccountIndex account, Results& results);
    void add_decisions(AccountIndex account, Results& results);
    void add_tables(AccountIndex account, Results& results);
    void add_firings(AccountIndex account, Results& results) const;

    const Prepared& prepared_;
    const std::function<const native::Code*()>& code_;
    interpret::Evaluator evaluator_;
    const native::Code* taken_up_ = nullptr;
    std::optional<NativeRules> native_;
    AccountFirings firings_;
    CreditRows credits_;
};

} // namespace rulebook::engine
