// Programs as bytes and back.
#pragma once

#include <string>
#include <string_view>

#include "runtime/native/program.hpp"
#include "runtime/native/program_use.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::native {

// Equal programs give equal bytes.
std::string serialize(const Program& program);

// Refuses (native.damaged) what is no program, and what is none for this plan and purpose: whoever
// carries it out needs no checks of its own. `name` is what the bytes are called in messages.
Result<Program> deserialize(std::string_view bytes, const plan::Plan& plan, std::string_view name,
                            const ProgramPurpose& purpose = {});

} // namespace rulebook::native
