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
    std::vector<Conditions> conditions; // of triggers that have some; several: of other instants

    // Signals over the records of a collection at the instants from which these are there:
    // Program::values has conditions of signals. As they are asked at all instants, only code for
    // all is of use.
    struct Signals {
        plan::EntityIndex collection = 0;
        Code code;
    };
    std::vector<Signals> signals;

    const Code* signals_of(plan::EntityIndex collection) const {
        for (const Signals& each : signals)
            if (each.collection == collection)
                return &each.code;
        return nullptr;
    }
    // For the versions of rules that are in force at the instant.
    const Code* conditions_of(std::uint32_t rule, std::int64_t instant) const {
        for (const Conditions& each : conditions)
            if (each.rule == rule && each.code.program.instants.contains(instant))
                return &each.code;
        return nullptr;
    }
};

} // namespace rulebook::native
