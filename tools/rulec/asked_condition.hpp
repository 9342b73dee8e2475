// A condition that is asked on the command line, compiled as if it stood in the rulebook.
#pragma once

#include <string>

#include <tl/expected.hpp>

#include "runtime/plan/plan.hpp"
#include "tools/rulec/console.hpp"

namespace rulec::tool {

struct AskedCondition {
    rulebook::plan::Plan plan; // of the rulebook, with the condition's nodes added
    rulebook::plan::NodeId node = rulebook::plan::kNoNode;
};

// `text` may read whatever an expectation of a test may read. `about`: the root entity's name. What
// is wrong with it is told on the console's messages, under the name of `flag`. The rulebook itself
// is sound.
tl::expected<AskedCondition, ExitCode> compile_condition(const std::string& directory,
                                                         const std::string& text,
                                                         const std::string& about,
                                                         const std::string& flag, Console& console);

} // namespace rulec::tool
