// What the scanner took for a mistake: numbers, dates, texts and comments that are none.
#pragma once

#include <cstddef>

#include "compiler/diagnostics/diagnostic.hpp"

namespace rulec::syntax {

// `type` is a token type of the lexer; most are fine, and nothing happens.
void report_unreadable(std::size_t type, Span span, std::string_view text,
                       Diagnostics& diagnostics);

} // namespace rulec::syntax
