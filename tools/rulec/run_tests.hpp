// Runs the test blocks of a rulebook.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulec::tool {

struct TestOutcome {
    std::string name;
    Span span; // of the test's name
    bool passed = false;
    std::size_t expectations = 0;
    // What happened instead, for people; of the rules that failed expectations are about.
    std::vector<std::string> explanations;
};

// In the order of the source, those whose name contains `filter` (all, if it is empty). What fails
// is a diagnostic of the range RB61xx at its expectation. `made` must come of `text` without
// errors.
std::vector<TestOutcome> run_tests(const RulebookText& text, const Compilation& made,
                                   std::string_view filter, Diagnostics& diagnostics);

} // namespace rulec::tool
