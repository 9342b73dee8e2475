// Internal to this folder (names ANTLR types): what people write about splits, and what to write
// instead. As habits.hpp.
#pragma once

#include "compiler/syntax/habits.hpp"

namespace rulec::syntax {

bool explain_credit_habit(Diagnostic& diagnostic, const HabitPlace& place,
                          const antlr4::misc::IntervalSet& expected);

} // namespace rulec::syntax
