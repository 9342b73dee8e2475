// Runs the corpus: every case is compiled, what came is held against what the case states.
//
//     corpus_runner --root tests/corpus [--update] [--codes] [FILTER...]
//
// FILTER: part of a case's name. --update rewrites rendered text. --codes looks only at whether
// every diagnostic has a case. Ends with 0 if all is as stated, 1 if not, 2 on wrong usage.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "tests/corpus/runner/annotation.hpp"
#include "tests/corpus/runner/compare.hpp"
#include "tests/corpus/runner/coverage.hpp"
#include "tests/corpus/runner/engine.hpp"
#include "tools/rulec/compile_rulebook.hpp"
#include "tools/rulec/read_file.hpp"

namespace rulebook::corpus {
namespace {

namespace fs = std::filesystem;

struct Given {
    fs::path root;
    bool update = false;
    bool codes = false;
    std::vector<std::string> filters;
};

struct Totals {
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::size_t updated = 0;
    std::size_t expectations = 0;
    std::size_t tests = 0;
};

Result<Given> read_arguments(int count, char** values) {
    Given given;
    for (int index = 1; index < count; ++index) {
        std::string_view argument = values[index];
        if (argument == "--update")
            given.update = true;
        else if (argument == "--codes")
            given.codes = true;
        else if (argument == "--root" && index + 1 < count)
            given.root = values[++index];
        else if (argument.starts_with("--"))
            return make_error("usage", "what is `" + std::string(argument) + "`?");
        else
            given.filters.emplace_back(argument);
    }
    if (given.root.empty())
        return make_error("usage", "say where the corpus is: --root DIR");
    return given;
}

bool update_files(const Case& of, const CaseText& text, const Comparison& comparison) {
    for (const auto& [file, updated] : comparison.updates) {
        std::ofstream out(of.folder / text.rulebook.sources.path(file), std::ios::binary);
        out << updated;
        if (!out.flush())
            return false;
    }
    return true;
}

void print_failures(const Case& of, const std::vector<std::string>& failures) {
    std::cout << "FAILED " << of.name << '\n';
    for (const std::string& failure : failures)
        std::cout << failure << (failure.ends_with('\n') ? "" : "\n");
    std::cout << '\n';
}

void run_case(const Case& of, const Given& given, Totals& totals) {
    auto text = load_case(of, given.root);
    if (!text) {
        ++totals.failed;
        print_failures(of, {text.error().message});
        return;
    }
    rulec::Diagnostics diagnostics;
    auto made = rulec::tool::compile_rulebook(text->rulebook, diagnostics);
    if (made.plan)
        totals.tests += run_on_every_engine(*text, made, diagnostics);
    Comparison comparison = compare(of, *text, diagnostics);
    totals.expectations += comparison.expectations;
    bool settled = given.update && comparison.outdated == comparison.failures.size() &&
                   update_files(of, *text, comparison);
    totals.updated += settled && comparison.outdated > 0 ? 1 : 0;
    if (settled || comparison.failures.empty()) {
        ++totals.passed;
        return;
    }
    ++totals.failed;
    print_failures(of, comparison.failures);
}

int run_cases(const Given& given, const std::vector<Case>& cases) {
    Totals totals;
    for (const Case& of : cases)
        run_case(of, given, totals);
    std::cout << "corpus: " << cases.size() << " cases, " << totals.expectations
              << " stated diagnostics, " << totals.tests << " tests run";
    if (totals.updated > 0)
        std::cout << ", " << totals.updated << " files of cases rewritten";
    std::cout << '\n' << totals.passed << " passed, " << totals.failed << " failed\n";
    return totals.failed == 0 && totals.passed > 0 ? 0 : 1;
}

int check_codes(const Given& given, const std::vector<Case>& cases) {
    std::set<std::string> stated;
    std::size_t number = 0;
    for (const Case& of : cases)
        for (const fs::path& path : of.own)
            if (auto text = rulec::tool::read_file(path, rulec::tool::kMaximumRulesBytes))
                for (Annotation& annotation : annotations_in(*text)) {
                    stated.insert(std::move(annotation.code));
                    ++number;
                }
    auto exempt = rulec::tool::read_file(given.root / "exempt_codes.txt", 1U << 20U);
    auto faults = coverage_faults(rulec::all_codes(), stated,
                                  read_exemptions(exempt ? *exempt : std::string()));
    for (const std::string& fault : faults)
        std::cout << fault << '\n';
    std::cout << "corpus: " << number << " stated diagnostics of " << stated.size() << " kinds, "
              << rulec::all_codes().size() << " codes\n";
    return faults.empty() && number > 0 ? 0 : 1;
}

int run(int count, char** values) {
    auto given = read_arguments(count, values);
    if (!given) {
        std::cerr << "corpus_runner: " << given.error().message << '\n';
        return 2;
    }
    auto cases = find_cases(given->root, given->filters);
    if (!cases) {
        std::cerr << "corpus_runner: " << cases.error().message << '\n';
        return 2;
    }
    return given->codes ? check_codes(*given, *cases) : run_cases(*given, *cases);
}

} // namespace
} // namespace rulebook::corpus

int main(int count, char** values) {
    try {
        return rulebook::corpus::run(count, values);
    } catch (const std::exception& error) {
        std::cerr << "corpus_runner: " << error.what() << '\n';
        return 2;
    }
}
