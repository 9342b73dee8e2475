#include <algorithm>
#include <memory>
#include <ostream>

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/render.hpp"
#include "compiler/diagnostics/shown_text.hpp"
#include "tools/rulec/run_tests.hpp"
#include "tools/rulec/verb.hpp"

namespace rulec::tool {
namespace {

struct Test {
    std::string directory;
    std::string format;
    std::string filter;
};

struct Ran {
    std::vector<TestOutcome> outcomes;
    Diagnostics diagnostics;
    std::size_t passed = 0;
    std::size_t failed = 0;
};

void print_explanation(const std::string& text, Console& console) {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::min(text.find('\n', at), text.size());
        console.results << "       " << harmless(std::string_view(text).substr(at, end - at))
                        << '\n';
        at = end + 1;
    }
}

void print_text(const Ran& ran, const Sources& sources, Console& console) {
    Colour colour = console.colour_results ? Colour::Always : Colour::Never;
    for (const TestOutcome& outcome : ran.outcomes)
        console.results << (outcome.passed ? "passed  " : "FAILED  ") << harmless(outcome.name)
                        << '\n';
    console.results << render_text(ran.diagnostics, sources, colour);
    for (const TestOutcome& outcome : ran.outcomes) {
        if (outcome.explanations.empty())
            continue;
        console.results << "what happened in \"" << harmless(outcome.name) << "\"\n";
        for (const std::string& explanation : outcome.explanations)
            print_explanation(explanation, console);
    }
    console.results << ran.passed << " passed, " << ran.failed << " failed\n";
}

void print_json(const Ran& ran, const Sources& sources, Console& console) {
    nlohmann::ordered_json tests = nlohmann::ordered_json::array();
    for (const TestOutcome& outcome : ran.outcomes) {
        Position at = sources.position(outcome.span.file, outcome.span.begin);
        tests.push_back({{"name", outcome.name},
                         {"path", sources.path(outcome.span.file)},
                         {"line", at.line},
                         {"passed", outcome.passed},
                         {"expectations", outcome.expectations},
                         {"explanations", outcome.explanations}});
    }
    auto findings = nlohmann::ordered_json::parse(render_json(ran.diagnostics, sources));
    nlohmann::ordered_json json = {{"tests", std::move(tests)},
                                   {"diagnostics", findings["diagnostics"]},
                                   {"passed", ran.passed},
                                   {"failed", ran.failed}};
    console.results << json.dump(2) << '\n';
}

ExitCode run(const Test& given, Console& console) {
    auto loaded = load_and_compile(given.directory, console);
    if (!loaded)
        return loaded.error();
    Ran ran;
    ran.outcomes = run_tests(loaded->text, loaded->made, given.filter, ran.diagnostics);
    for (const TestOutcome& outcome : ran.outcomes)
        ++(outcome.passed ? ran.passed : ran.failed);
    if (given.format == "json")
        print_json(ran, loaded->text.sources, console);
    else
        print_text(ran, loaded->text.sources, console);
    if (ran.outcomes.empty())
        console.messages << (given.filter.empty() ? "there are no tests"
                                                  : "no test has a name with that filter")
                         << '\n';
    // A filter that finds nothing is a mistake that must not look like passed tests.
    const bool nothing_found = ran.outcomes.empty() && !given.filter.empty();
    return ran.diagnostics.has_errors() || nothing_found ? ExitCode::Findings : ExitCode::Fine;
}

} // namespace

Action declare_test(Flags& flags) {
    auto given = std::make_shared<Test>();
    flags.rulebook(given->directory);
    flags.format(given->format);
    flags.option("--filter", "TEXT", given->filter, "Only tests whose name contains this");
    flags.example("rulec test rules/acme", "run all test blocks of a rulebook");
    flags.example("rulec test --filter \"tier A\"", "of the current folder, some of them");
    return [given](Console& console) { return run(*given, console); };
}

} // namespace rulec::tool
