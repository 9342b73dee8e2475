// How a split reads: "position(first 40%, middle 20%, last 40%)". Without its condition.
#pragma once

#include <string>

#include "runtime/plan/plan.hpp"

namespace rulebook::credit {

// Two splits with the same text divide every deal alike, rates and learnt weights being those of
// one rulebook; weights by keys are told apart by their numbers.
std::string model_text(const plan::Plan& plan, const plan::Credit& credit,
                       const plan::Split& split);

} // namespace rulebook::credit
