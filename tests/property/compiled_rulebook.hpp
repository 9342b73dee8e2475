// Rulebooks that tests make up as text, compiled.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::generator {

// Throws where the text has errors, with all of them: it was to be sound.
plan::Plan compiled(const std::string& text);

// Their numbers in Plan::rules.
std::vector<std::uint32_t> triggers_of(const plan::Plan& plan);

} // namespace rulebook::generator
