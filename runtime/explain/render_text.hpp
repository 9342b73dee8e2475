// Explanations as text for a terminal.
#pragma once

#include <string>

#include "runtime/explain/explanation.hpp"

namespace rulebook::explain {

// Lines that end with a newline; no colours. A fit's points stand in one column, with their sum.
std::string render_text(const Explanation& explanation);

} // namespace rulebook::explain
