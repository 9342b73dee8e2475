// How the compiler reads the lists and lookups beside the rules, without knowing where they are.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "runtime/value/result.hpp"

namespace rulec {

// Gives the bytes of a file named relative to the rulebook's folder. A path that leads out of the
// folder is an error, like one that cannot be read: Error::message completes "`x.csv` …".
using FileReader = std::function<rulebook::Result<std::string>(std::string_view relative_path)>;

} // namespace rulec
