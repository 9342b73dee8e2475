// Rulebooks that tests make up as text, compiled.
#pragma once

#include <string>

#include "runtime/plan/plan.hpp"

namespace rulebook::generator {

// Throws where the text has errors, with all of them: it was to be sound.
plan::Plan compiled(const std::string& text);

} // namespace rulebook::generator
