// How the model reads the files that a rulebook names: lists, lookups, rates, weights.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "runtime/value/result.hpp"

namespace rulec::model {

// Gives the content of a file by its path relative to the rulebook's folder; refuses what lies
// outside of it, is too large or cannot be read (file.missing: there is none).
using FileReader = std::function<rulebook::Result<std::string>(std::string_view relative_path)>;

} // namespace rulec::model
