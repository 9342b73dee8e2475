// What fired for an account, where some selected rule asks. Internal to this folder.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "runtime/engine/over_accounts.hpp"
#include "runtime/engine/prepared.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/scan/piece_scan.hpp"
#include "runtime/trigger/account_triggers.hpp"

namespace rulebook::engine {

// One thread at a time per object.
class AccountFirings {
public:
    // How the triggers run: account by account; or, as far as they can be scanned, piece by piece.
    enum class By : std::uint8_t { Account, Piece };

    // `code`: see RunOptions::trigger_code. All that it is given outlives it.
    using Code = std::function<const native::TriggerCode*()>;
    AccountFirings(const Prepared& prepared, interpret::Evaluator& evaluator, By by = By::Account,
                   Code code = {});
    AccountFirings(const AccountFirings&) = delete;
    AccountFirings& operator=(const AccountFirings&) = delete;

    // Before the accounts of a piece, where triggers run by piece.
    void begin(const Piece& piece);

    // Runs the triggers up to as_of; null where nobody asks. Valid until the next account. Of a
    // piece accounts are asked about in ascending order.
    const interpret::FiredLookup* of(AccountIndex account);

    // Of that account: firings of any status, ascending by instant, then in the order of
    // Plan::rules; how often candidates ended otherwise; what would fire later.
    std::span<const trigger::Candidate> firings() const { return firings_; }
    const trigger::AccountTriggers::Passed& passed() const { return passed_; }
    const std::vector<trigger::Pending>& pending() const { return pending_; }

private:
    void add_scanned(AccountIndex account);
    std::optional<std::int64_t> last_fired(std::uint32_t rule, std::int64_t until) const;

    const Prepared& prepared_;
    std::optional<trigger::AccountTriggers> triggers_; // those that run account by account
    std::optional<scan::PieceScan> scan_;
    Code code_;
    const native::TriggerCode* taken_up_ = nullptr;
    interpret::FiredLookup fired_;
    std::vector<trigger::Candidate> firings_;
    trigger::AccountTriggers::Passed passed_;
    std::vector<trigger::Pending> pending_;
};

} // namespace rulebook::engine
