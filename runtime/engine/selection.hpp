// Which rules a run reports. Internal to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::engine {

struct Selection {
    // Indexes in Plan::rules, ascending.
    std::vector<std::uint32_t> fits;
    std::vector<std::uint32_t> decisions;
    std::vector<std::uint32_t> tables;
    std::vector<std::uint32_t> triggers;
    std::vector<std::uint32_t> credits;
    // The triggers that have to run for them, see trigger::needed_triggers.
    std::vector<std::uint32_t> running;

    // Empty names: all rules. Fails with run.no_rule.
    static Result<Selection> of(const plan::Plan& plan, const std::vector<std::string>& names);
};

} // namespace rulebook::engine
