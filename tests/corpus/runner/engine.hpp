// The engines that must all give what the cases state. Cases do not know them; a new engine is one
// more row in engine.cpp.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "tests/corpus/runner/corpus_case.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulebook::corpus {

struct Engine {
    std::string_view name;
    // Runs the test blocks of a sound case; failures are diagnostics. Gives their number.
    std::size_t (*run_tests)(const CaseText& text, const rulec::tool::Compilation& made,
                             rulec::Diagnostics& diagnostics);
};

std::span<const Engine> engines();

// What any engine says is added to `diagnostics`, equal findings once: the case states one truth.
// Gives the number of tests that were run.
std::size_t run_on_every_engine(const CaseText& text, const rulec::tool::Compilation& made,
                                rulec::Diagnostics& diagnostics);

} // namespace rulebook::corpus
