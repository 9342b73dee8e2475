// Compiled code for what credit rules ask of deals and touches.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/native/code.hpp"

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

    static const Code* find(const std::vector<OfVersion>& among, std::uint32_t version) {
        for (const OfVersion& each : among)
            if (each.version == version)
                return &each.code;
        return nullptr;
    }
};

} // namespace rulebook::native
