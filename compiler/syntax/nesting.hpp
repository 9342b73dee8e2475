// Internal to this folder (names ANTLR types): a bound on how deep the parser may go.
#pragma once

#include "compiler/syntax/scan.hpp"

namespace rulec::syntax {

inline constexpr int kMaximumNesting = 256;

// The parser calls itself once for each open bracket and for each operator that stands before what
// it applies to (`not`, `-`, `if`, `as of`, `fired since`). Counts both without recursion, never
// too few on any text that the parser follows; the index of the first word that goes deeper than
// kMaximumNesting, or the number of words.
std::size_t first_too_deep(const std::vector<Word>& words);

} // namespace rulec::syntax
