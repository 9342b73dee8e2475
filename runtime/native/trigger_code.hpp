// Compiled code for what triggers ask.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "runtime/native/code.hpp"
#include "runtime/native/program_use.hpp"

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

    // C of `becomes C`, likewise; of triggers of one version. As C is asked at all instants, only
    // code for all is of use.
    std::vector<Conditions> becomes;

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
    const Code* becomes_of(std::uint32_t rule) const {
        for (const Conditions& each : becomes)
            if (each.rule == rule)
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

    // Of a program that is for any of these.
    void add(const ProgramPurpose& purpose, Code code) {
        if (purpose.use == ProgramUse::Signals)
            signals.push_back({purpose.subject, std::move(code)});
        else
            (purpose.use == ProgramUse::Becomes ? becomes : conditions)
                .push_back({purpose.subject, std::move(code)});
    }
};

} // namespace rulebook::native
