// Which rules of a rulebook are compiled to native code.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/codegen/ahead_of_time.hpp"
#include "compiler/codegen/compile.hpp"
#include "runtime/plan/plan.hpp"

namespace rulec::tool {

// `only`: names of rules; empty: all. `instant`: at which versions of rules are to be in force.
codegen::Request code_request(const rulebook::plan::Plan& plan,
                              const std::vector<std::string>& only, std::int64_t instant);

// With what triggers ask; for all instants.
codegen::AheadRequest ahead_request(const rulebook::plan::Plan& plan,
                                    const std::vector<std::string>& only);

} // namespace rulec::tool
