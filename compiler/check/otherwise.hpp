// Optional fields that push a record into `otherwise` without anybody noticing. Internal.
#pragma once

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/diagnostics/source.hpp"
#include "compiler/model/rulebook.hpp"

namespace rulec::check {

void check_otherwise(const model::Rulebook& book, const Sources& sources, Diagnostics& diagnostics);

} // namespace rulec::check
