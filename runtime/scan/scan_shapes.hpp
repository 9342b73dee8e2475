// Which triggers of a plan are looked for in columns, many accounts at a time, and which account by
// account.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "runtime/scan/scan_shape.hpp"
#include "runtime/trigger/trigger_shapes.hpp"

namespace rulebook::scan {

// Immutable; safe to share between threads. The plan outlives it.
class ScanShapes {
public:
    // Of these triggers (indexes in Plan::rules, ascending, as trigger::needed_triggers gives
    // them). Whoever shares a policy with one that is not scanned, or is asked for by it, is not
    // either. Fails as TriggerShapes::prepare.
    static Result<ScanShapes> prepare(const plan::Plan& plan,
                                      std::span<const std::uint32_t> triggers);

    const plan::Plan& plan() const { return triggers_->plan(); }
    // Of the scanned triggers, and how each is scanned: in the order of Plan::rules.
    const trigger::TriggerShapes& triggers() const { return *triggers_; }
    const std::vector<ScanShape>& scans() const { return scans_; }
    // The triggers that are left to trigger::AccountTriggers.
    const std::vector<std::uint32_t>& others() const { return others_; }

private:
    ScanShapes() = default;

    std::unique_ptr<const trigger::TriggerShapes> triggers_; // scans_ point into it
    std::vector<ScanShape> scans_;
    std::vector<std::uint32_t> others_;
};

// Of the triggers that running these rules (indexes in Plan::rules) takes, those that are scanned;
// ascending. None where shapes cannot be prepared.
std::vector<std::uint32_t> scanned_triggers(const plan::Plan& plan,
                                            std::span<const std::uint32_t> rules);

} // namespace rulebook::scan
