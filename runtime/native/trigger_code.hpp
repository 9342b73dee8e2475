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

    // C of `becomes C`, likewise; of triggers of one version.
    std::vector<Conditions> becomes;

    const Code* becomes_of(std::uint32_t rule) const { return code_in(becomes, rule); }

    // Signals over the records of a collection at the instants from which these are there:
    // Program::values has conditions of signals.
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
    const Code* conditions_of(std::uint32_t rule) const { return code_in(conditions, rule); }

private:
    static const Code* code_in(const std::vector<Conditions>& codes, std::uint32_t rule) {
        for (const Conditions& each : codes)
            if (each.rule == rule)
                return &each.code;
        return nullptr;
    }
};

} // namespace rulebook::native
