#include "tests/corpus/runner/engine.hpp"

#include "tests/corpus/runner/native_engine.hpp"
#include "tools/rulec/run_tests.hpp"

namespace rulebook::corpus {
namespace {

std::size_t run_interpreter(const CaseText& text, const rulec::tool::Compilation& made,
                            rulec::Diagnostics& diagnostics) {
    return rulec::tool::run_tests(text.rulebook, made, {}, diagnostics).size();
}

constexpr Engine kEngines[] = {
    {"interpreter", run_interpreter},
    {"native", run_native},
    {"native, not optimized", run_native_unoptimized},
    {"ahead of time", run_ahead_of_time},
};

} // namespace

std::span<const Engine> engines() {
    return kEngines;
}

std::size_t run_on_every_engine(const CaseText& text, const rulec::tool::Compilation& made,
                                rulec::Diagnostics& diagnostics) {
    std::size_t tests = 0;
    for (const Engine& engine : engines())
        tests += engine.run_tests(text, made, diagnostics);
    return tests;
}

} // namespace rulebook::corpus
