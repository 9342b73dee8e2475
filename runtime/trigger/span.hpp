// Lengths of time that look back from an instant, elapsed or in dates of a zone.
#pragma once

#include <cstdint>

#include "runtime/plan/node.hpp"
#include "runtime/time/zone.hpp"

namespace rulebook::trigger {

// A window: (end - span, end]; in calendar units the dates that end with that of `end`.
// `earlier` is at or before `end`.
bool in_window(const plan::Span& span, std::int64_t earlier, std::int64_t end,
               const time::Zone& zone);

// `within`: end - start <= span; in calendar units the same as a window.
bool is_within(const plan::Span& span, std::int64_t start, std::int64_t end,
               const time::Zone& zone);

} // namespace rulebook::trigger
