// Rows of results from what credit rules say of an account's deals. Internal to this folder.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "runtime/credit/columns/column_credit.hpp"
#include "runtime/engine/over_accounts.hpp"
#include "runtime/engine/prepared.hpp"
#include "runtime/engine/results.hpp"
#include "runtime/interpret/evaluator.hpp"

namespace rulebook::engine {

// One thread at a time.
class CreditRows {
public:
    // `shapes`: of the selected rules; null: deals are divided one by one. `code`: see
    // RunOptions::credit_code. All outlive it.
    using Code = std::function<const native::CreditCode*()>;
    CreditRows(const Prepared& prepared, const credit::columns::ColumnShapes* shapes,
               interpret::Evaluator& evaluator, Code code = {});

    // Before the accounts of a piece, where all of them come.
    void begin(const Piece& piece);

    // Appends what the selected rules give for the account's deals. `fired`: see credit_deals.
    void add(AccountIndex account, const interpret::FiredLookup* fired, Results& results);

private:
    void add_alone(AccountIndex account, const interpret::FiredLookup* fired, Results& results);
    void add(AccountIndex account, const credit::DealCredit& deal, Results& results) const;
    void add(AccountIndex account, const credit::columns::AccountDeal& deal, Results& results);
    void add_parties(AccountIndex account, const credit::columns::AccountDeal& deal,
                     Results& results) const;
    void add_flags(AccountIndex account, const credit::columns::AccountDeal& deal,
                   Results& results) const;
    const std::string& bought_by(const credit::columns::AccountDeal& deal);
    std::string cause_of(const credit::DealCredit& deal) const;

    const Prepared& prepared_;
    const credit::columns::ColumnShapes* shapes_;
    interpret::Evaluator& evaluator_;
    Code code_;
    const native::CreditCode* taken_up_ = nullptr;
    std::optional<credit::columns::ColumnCredit> columns_;
    std::vector<credit::columns::Code> buyers_; // parties with touches
    // Of each version: how deals of such parties were bought.
    std::vector<std::map<std::vector<credit::columns::Code>, std::string>> bought_by_;
};

} // namespace rulebook::engine
