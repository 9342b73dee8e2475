// Whether learnt weights know the parties that data have.
#pragma once

#include <optional>

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/diagnostics/source.hpp"
#include "tools/rulec/compile_rulebook.hpp"
#include "tools/rulec/load_data.hpp"

namespace rulec::tool {

// Reports RB4018 for each file of weights that lacks a party of the journeys that its rule takes.
// `made` has a plan, and is made of `sources`. Where data cannot be read this is told on the
// console, and gives its exit code.
std::optional<ExitCode> check_weights_against_data(const Compilation& made, const Sources& sources,
                                                   const DataFlags& data, Diagnostics& diagnostics,
                                                   Console& console);

} // namespace rulec::tool
