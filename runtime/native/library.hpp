// A rulebook with its native code, as it is linked into a program or loaded from a file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/native/code.hpp"
#include "runtime/native/credit_code.hpp"
#include "runtime/native/rulebook_code.h"
#include "runtime/native/trigger_code.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::native {

// Immutable; safe to share between threads.
struct Library {
    plan::Plan plan;
    std::vector<Code> codes; // each for some instants
    // Why there are none, and the rules are interpreted: this process may not load code
    // (native.memory). To be said once.
    std::optional<Error> no_code{};
    // Of what triggers ask, for all instants; files have it. For engine::RunOptions::trigger_code.
    TriggerCode triggers{};
    // The same of what credit rules ask: RunOptions::credit_code.
    CreditCode credits{};

    // The code for an instant; null: there is none, and the interpreter is asked. For
    // engine::RunOptions::native it needs no check: what is not for the run's instant is not used.
    const Code* code_at(std::int64_t instant) const;
};

// Of code that is linked into this program (a file .o that `rulec compile` wrote), or that `memory`
// keeps loaded. `name` is what it is called in messages. Fails with native.version (another version
// of the compiler wrote it), native.cpu (this processor cannot run it), native.damaged, and as
// plan::deserialize.
Result<Library> library_of(const rulebook_code& code, std::string_view name,
                           const std::shared_ptr<const void>& memory = nullptr);

} // namespace rulebook::native
