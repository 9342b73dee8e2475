// Tiers that no score reaches. Internal to this folder.
#pragma once

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/model/rulebook.hpp"

namespace rulec::check {

// Warns of tiers above the most points, or below the fewest, that their fit can give.
void check_tiers(const model::Rulebook& book, Diagnostics& diagnostics);

} // namespace rulec::check
