// Runs the tool in the test's own process.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "tools/rulec/verb.hpp"

namespace rulec::tool {

struct Outcome {
    ExitCode code;
    std::string results;
    std::string messages;
};

inline Outcome rulec(const std::vector<std::string>& arguments) {
    std::ostringstream results;
    std::ostringstream messages;
    Console console{results, messages};
    ExitCode code = run_rulec(arguments, console);
    return {code, results.str(), messages.str()};
}

} // namespace rulec::tool
