// Holds what a case states against the diagnostics that came.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.hpp"
#include "tests/corpus/runner/corpus_case.hpp"

namespace rulebook::corpus {

struct Comparison {
    std::vector<std::string> failures; // for people
    std::size_t expectations = 0;      // annotations that were looked at
    std::set<std::string> codes;       // that the case states
    // By file: the new text, where only rendered text differs (each is also a failure).
    std::map<rulec::FileId, std::string> updates;
    std::size_t outdated = 0; // failures that an update would settle
};

// Every annotation has its diagnostic and the reverse, in order of the columns within a line;
// rendered text agrees; errors come exactly if the name begins with `bad_`. Warnings in shared
// files are left aside.
Comparison compare(const Case& of, const CaseText& text, const rulec::Diagnostics& diagnostics);

} // namespace rulebook::corpus
