// When records that are there already change what is seen of them, though none comes: they enter or
// leave a window. Internal to this folder.
#pragma once

#include "runtime/interpret/evaluation.hpp"

namespace rulebook::interpret {

// Notes the next instants at which a record of the aggregate's collection enters or leaves the
// window, whatever `where` says of it. False where the window moves in a way that these cannot be
// derived from.
bool note_changes_of_window(Evaluation& evaluation, const plan::Aggregate& aggregate,
                            const plan::Window& window);

// Whether the windows go by the order in which the data hold the records, so that the above takes
// the logarithm of their number.
bool windows_go_by_order(const Evaluation& evaluation, const plan::Aggregate& aggregate);

} // namespace rulebook::interpret
