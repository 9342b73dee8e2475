// How far the conditions of credit rules reach, and what moves under them. Internal to this folder.
#pragma once

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/model/rulebook.hpp"

namespace rulec::check {

// Splits that ask for firings from before the first touch that is taken (RB4019), and deals chosen
// by what changes of the account (RB4020).
void check_credit_reach(const model::Rulebook& book, Diagnostics& diagnostics);

} // namespace rulec::check
