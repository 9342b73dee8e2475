// What a case of tests/corpus says above the lines that the compiler has something to say about.
#pragma once

#include <string>

namespace rulebook::differential {

// The text with `// warning[RB2207]` above each such line; `corpus_runner --update` fills in the
// rest.
std::string with_warnings_stated(const std::string& text);

} // namespace rulebook::differential
