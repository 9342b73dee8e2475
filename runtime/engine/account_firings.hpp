// What fired for an account, where some selected rule asks. Internal to this folder.
#pragma once

#include "runtime/engine/prepared.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/trigger/account_triggers.hpp"

namespace rulebook::engine {

// One thread at a time per object.
class AccountFirings {
public:
    AccountFirings(const Prepared& prepared, interpret::Evaluator& evaluator)
        : prepared_(prepared), triggers_(prepared.triggers, evaluator) {}

    // Runs the triggers up to as_of; null where nobody asks. Valid until the next account.
    const interpret::FiredLookup* of(AccountIndex account) {
        if (prepared_.selection.running.empty())
            return nullptr;
        triggers_.run(account, prepared_.as_of, nullptr, trigger::AccountTriggers::Keep::Firings);
        fired_ = triggers_.fired();
        return &fired_;
    }

    const trigger::AccountTriggers& triggers() const { return triggers_; } // of that account

private:
    const Prepared& prepared_;
    trigger::AccountTriggers triggers_;
    interpret::FiredLookup fired_;
};

} // namespace rulebook::engine
