// Random fits of every form of clause and limit. Internal to this folder.
#pragma once

#include <string>

#include "tests/generator/expressions.hpp"

namespace rulebook::generator {

// `fit NAME … { … }`; effective: "", " from 2026-03-14". Scores are asked of earlier fits in
// conditions that the caller writes.
std::string random_fit(Randomness& random, std::string_view name, std::string_view effective);

} // namespace rulebook::generator
