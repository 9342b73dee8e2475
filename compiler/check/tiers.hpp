// Tiers that no score reaches. Internal to this folder.
#pragma once

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/model/rulebook.hpp"

namespace rulec::check {

// Warns of tiers of a fit above the most points, or below the fewest, that it can give.
void check_tiers(const model::Rulebook& book, std::size_t fit, Diagnostics& diagnostics);

} // namespace rulec::check
