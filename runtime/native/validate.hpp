// Is a program sound for a plan? What carries it out only takes those that are, and has no checks
// of its own. Whether the kernels do what the program says cannot be seen here.
#pragma once

#include <optional>
#include <string>

#include "runtime/native/program.hpp"
#include "runtime/native/program_use.hpp"
#include "runtime/plan/plan.hpp"

namespace rulebook::native {

// What is wrong, in words for a bug report; nothing if the program is sound: every index is in
// range, arrays are held as their source gives them, results as their rules give them, and it is
// about what its purpose says. The plan is sound.
std::optional<std::string> validate(const Program& program, const plan::Plan& plan,
                                    const ProgramPurpose& purpose = {});

} // namespace rulebook::native
