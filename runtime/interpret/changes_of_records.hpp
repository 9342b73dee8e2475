// When records that are there already change what is seen of them, though none comes: they enter or
// leave a window, or lie in the past that an expression looks back to. Internal to this folder.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/interpret/evaluation.hpp"

namespace rulebook::interpret {

// Notes the next instants at which a record of the aggregate's collection enters or leaves the
// window, whatever `where` says of it. False where the window moves in a way that these cannot be
// derived from.
bool note_changes_of_window(Evaluation& evaluation, const plan::Aggregate& aggregate,
                            const plan::Window& window);

// Of what the operand of the node (AsOfAgo, Change) reads: the next instant after `then`, not after
// the evaluation's own, at which a record became visible or a field known.
std::optional<std::int64_t> next_change_of_records(const Evaluation& evaluation, plan::NodeId node,
                                                   std::int64_t then);

} // namespace rulebook::interpret
