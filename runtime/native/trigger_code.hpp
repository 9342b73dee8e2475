// Compiled code for what triggers ask.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/native/code.hpp"

namespace rulebook::native {

// Immutable; safe to share between threads.
struct TriggerCode {
    // Conditions of a trigger over rows of (account, instant of a candidate): Program::values has
    // those of `when`, `unless` and the policy's `suppress` that read the account alone.
    struct Conditions {
        std::uint32_t rule = 0; // index in Plan::rules
        Code code;
    };
    std::vector<Conditions> conditions; // ascending by rule, of triggers that have some

    const Code* conditions_of(std::uint32_t rule) const {
        for (const Conditions& each : conditions)
            if (each.rule == rule)
                return &each.code;
        return nullptr;
    }
};

} // namespace rulebook::native
