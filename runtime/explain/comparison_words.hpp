// What a comparison would need, in words. Internal to this folder.
#pragma once

#include <optional>
#include <string>

#include "runtime/interpret/evaluator.hpp"

namespace rulebook::explain {

// "count(users) is 1; needs at least 3: 2 more", for a comparison that is to be `wanted`; nothing
// if the node is none.
std::optional<std::string> words_of_comparison(interpret::Evaluator& evaluator, plan::NodeId node,
                                               const interpret::RowContext& row, bool wanted);

} // namespace rulebook::explain
