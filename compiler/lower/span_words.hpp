// Lengths of time, as formulas of cost tell them. Internal to this folder.
#pragma once

#include <string>

#include "runtime/plan/node.hpp"

namespace rulec::lower {

std::string duration_words(std::int64_t microseconds);    // "36h"
std::string span_words(const rulebook::plan::Span& span); // "2 calendar days"

// To compare with other lengths: in microseconds, at least as long as it can be.
double longest(const rulebook::plan::Span& span);

} // namespace rulec::lower
