// Compiled code for what credit rules ask of deals and touches.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "runtime/native/code.hpp"
#include "runtime/native/program_use.hpp"

namespace rulebook::native {

// Immutable; safe to share between threads.
struct CreditCode {
    // Of a version (index in Plan::credits): Program::values has what can be compiled of it.
    struct OfVersion {
        std::uint32_t version = 0;
        Code code;
    };
    std::vector<OfVersion> claims; // over deals, at as_of: `for` and `at`
    std::vector<OfVersion> parts; // over deals, at the deal's instant: all else that is asked of it
    std::vector<OfVersion> filters; // over touches, at any instant: `among`, where no deal is asked

    // That for the instant, if there is one.
    static const Code* find(const std::vector<OfVersion>& among, std::uint32_t version,
                            std::int64_t instant) {
        const Code* other = nullptr;
        for (const OfVersion& each : among) {
            if (each.version != version)
                continue;
            if (each.code.program.instants.contains(instant))
                return &each.code;
            other = &each.code;
        }
        return other;
    }

    static bool has(ProgramUse use) {
        return use == ProgramUse::Claims || use == ProgramUse::Parts || use == ProgramUse::Filters;
    }
    // Of a program that is for any of these.
    void add(const ProgramPurpose& purpose, Code code) {
        auto& to = purpose.use == ProgramUse::Claims  ? claims
                   : purpose.use == ProgramUse::Parts ? parts
                                                      : filters;
        to.push_back({purpose.subject, std::move(code)});
    }
};

} // namespace rulebook::native
