// What a verb is: it declares its flags and gives the action that runs once they are read.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "tools/rulec/console.hpp"
#include "tools/rulec/flags.hpp"

namespace rulec::tool {

using Action = std::function<ExitCode(Console&)>;

#define RB_VERB(function, name, what) Action declare_##function(Flags& flags);
#include "tools/rulec/verbs.def"

// The whole tool: reads the arguments (without the program's name), runs the verb. Never throws.
ExitCode run_rulec(std::span<const std::string> arguments, Console& console);

} // namespace rulec::tool
