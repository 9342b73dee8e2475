// Analyses of a whole model: what is legal and yet hardly meant.
#pragma once

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/diagnostics/source.hpp"
#include "compiler/model/rulebook.hpp"

namespace rulec::check {

// Requires a model that was built without errors; may add errors (rows of `hit unique` that can
// both match) and warnings.
void check(const model::Rulebook& book, const Sources& sources, Diagnostics& diagnostics);

// Makes one finding of all triggers that name no policy, those left aside that an `allow` has taken
// back.
void tell_once_of_membership(const model::Rulebook& book, const Sources& sources,
                             Diagnostics& diagnostics);

} // namespace rulec::check
