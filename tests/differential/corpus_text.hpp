// A failure as a file of tests/corpus.
#pragma once

#include <string>

#include "tests/differential/shrink.hpp"

namespace rulebook::differential {

// The rules with a `test` for the account: whoever runs it compares all values of all engines.
std::string corpus_text(const Failure& failure);

} // namespace rulebook::differential
