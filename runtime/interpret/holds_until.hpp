// Until when a value holds if no record comes: the second result of an evaluation. Internal to this
// folder; Evaluator::held is its face.
//
// Every comparison and window, and every other operation that time alone can change, is asked when
// it does so next; the earliest of these instants is the answer, whatever the truth of the rest.
#pragma once

#include "runtime/interpret/operation.hpp"

namespace rulebook::interpret {

// Notes the next change of this very node (not of its operands) in the evaluation.
void note_next_change(const Call& call);

// Notes when records enter or leave the windows of an aggregate.
void note_changes_of_elements(Evaluation& evaluation, const plan::Aggregate& aggregate);
// The same of points per element; where points fade or follow a line, the start of the next day at
// which they can be others than those of `result`, the fit's at the instant.
void note_changes_of_fit(Evaluation& evaluation, const plan::Fit& fit, const FitResult& result);

// Notes the start of the next calendar day.
void note_next_day(Evaluation& evaluation);

// Notes when another version comes into force, or none.
void note_changes_of_versions(Evaluation& evaluation, const plan::Effective& effective);

} // namespace rulebook::interpret
