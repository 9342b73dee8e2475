// Triggers and their policies: what is legal and yet hardly meant. Internal to this folder.
#pragma once

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/model/rulebook.hpp"

namespace rulec::check {

// Which triggers share a policy, and what its preferences are worth (RB3101 to RB3103).
void check_policies(const model::Rulebook& book, Diagnostics& diagnostics);
// What stops a firing wherever it is not known (RB3104).
void check_stoppers(const model::Rulebook& book, Diagnostics& diagnostics);
// Conditions that are asked at one instant and may come true later (RB3105, RB3106).
void check_asked_once(const model::Rulebook& book, const Sources& sources,
                      Diagnostics& diagnostics);
// Patterns and signals that cannot be, and lengths that say nothing (RB3107 to RB3109).
void check_patterns(const model::Rulebook& book, const Sources& sources, Diagnostics& diagnostics);
// What an account has to keep for ever (RB3110, RB3111).
void check_kept_for_ever(const model::Rulebook& book, Diagnostics& diagnostics);
// Conditions that read one event of an instant, although there may be several (RB3114).
void check_completing_record(const model::Rulebook& book, Diagnostics& diagnostics);

} // namespace rulec::check
