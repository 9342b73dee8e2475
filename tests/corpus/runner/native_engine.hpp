// Native code as an engine of the corpus.
#pragma once

#include <cstddef>

#include "tests/corpus/runner/engine.hpp"

namespace rulebook::corpus {

// What the tests' accounts give for every expression over an account, compiled with and without
// the optimiser, must be what the interpreter gives; RB6106 says where it is not. (Whether that is
// what the test expects is for the interpreter to say.)
std::size_t run_native(const CaseText& text, const rulec::tool::Compilation& made,
                       rulec::Diagnostics& diagnostics);
std::size_t run_native_unoptimized(const CaseText& text, const rulec::tool::Compilation& made,
                                   rulec::Diagnostics& diagnostics);
// The same of code that went through a file .so.
std::size_t run_ahead_of_time(const CaseText& text, const rulec::tool::Compilation& made,
                              rulec::Diagnostics& diagnostics);

} // namespace rulebook::corpus
