// How long native code takes to be made, by the number of clauses: it must not grow faster than
// these. And how soon a rulebook answers.
//
//   compile_speed    prints a JSON object a line
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>

#include <fmt/format.h>

#include "compiler/codegen/compile.hpp"
#include "runtime/plan/serialize.hpp"
#include "runtime/single/scorer.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace {

namespace codegen = rulec::codegen;
namespace plan = rulebook::plan;
namespace single = rulebook::single;
using codegen::Optimization;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kClausesOfAFit = 50;

double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Clauses of all sorts: ranges, sets, lines, what is asked of a collection.
std::string rules(std::size_t clauses) {
    std::string text = R"(
rulebook many { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
enum plan ordered { free, basic, team, enterprise }
entity account {
  id : text key  employees : int?  revenue : money?  plan : plan?  seats : int?  email : text?
}
entity event of account as events ordered by at { at : time  name : text }
)";
    for (std::size_t i = 0; i < clauses; ++i) {
        if (i % kClausesOfAFit == 0)
            text += fmt::format("{}fit fit_{} {{\n  owner sales\n", i == 0 ? "" : "}\n",
                                i / kClausesOfAFit);
        switch (i % 5) {
        case 0:
            text += fmt::format("  points 3 when employees in {} to {} and seats > {}\n", i,
                                2 * i + 9, i % 70);
            break;
        case 1:
            text += fmt::format("  points 2 when revenue >= ${} or plan >= team\n", 100 + i);
            break;
        case 2:
            text += fmt::format("  points 0 to 10 as seats goes from {} to {}\n", i % 40,
                                i % 40 + 20 + i % 7);
            break;
        case 3:
            text += fmt::format(
                "  points 1 when count(events where name is \"name_{}\" in last {} days) >= 2\n",
                i % 40, 7 + i % 30);
            break;
        default:
            text += fmt::format("  points 4 when email like \"*{}*\"\n", i);
        }
    }
    return text + "}\n";
}

plan::Plan compiled(const std::string& text) {
    rulec::tool::RulebookText rulebook;
    rulebook.directory = "many";
    rulebook.files = {rulebook.sources.add("many.rules", text)};
    rulec::Diagnostics diagnostics;
    return rulec::tool::compile_rulebook(rulebook, diagnostics).plan.value();
}

void report(const std::string& name, const std::string& unit, double value,
            const std::string& more = {}) {
    fmt::print("{{\"name\": \"{}\", \"unit\": \"{}\", \"ours\": {:.2f}{}}}\n", name, unit, value,
               more);
}

bool measure(const plan::Plan& plan, const codegen::Request& request, Optimization optimization,
             std::size_t threads, std::size_t clauses) {
    const auto start = Clock::now();
    const std::clock_t processor = std::clock();
    const auto code = codegen::compile(plan, request, optimization, threads);
    if (!code) {
        fmt::print(stderr, "compile_speed: {}\n", code.error().message);
        return false;
    }
    const double took = milliseconds_since(start);
    const double used = 1'000.0 * static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC;
    report(fmt::format("compile.{}.{}{}", clauses, threads,
                       optimization == Optimization::None ? ".first" : ""),
           "ms", took,
           fmt::format(", \"processor\": {:.0f}, \"of that a clause\": {:.2f}, \"kernels\": {}",
                       used, used / static_cast<double>(clauses), code->kernels.size()));
    return true;
}

} // namespace

int main() {
    for (const std::size_t clauses : {std::size_t{100}, std::size_t{1'000}, std::size_t{5'000}}) {
        const plan::Plan plan = compiled(rules(clauses));
        codegen::Request request;
        for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
            request.rules.push_back(rule);
        for (const std::size_t threads : {std::size_t{1}, std::size_t{2}})
            for (const auto optimization : {Optimization::None, Optimization::Full})
                if (!measure(plan, request, optimization, threads, clauses))
                    return 1;
    }
    const std::string bytes = plan::serialize(compiled(rules(1'000)));
    const auto start = Clock::now();
    auto plan = plan::deserialize(bytes, "many.rbk");
    const auto rulebook = single::Rulebook::make(*std::move(plan), std::nullopt);
    single::Scorer scorer(*rulebook);
    scorer.record().set_integer(1, 300);
    scorer.evaluate(0);
    const auto answer = scorer.fit(0);
    // 1,000 clauses, from the bytes of a plan.
    report("first_answer", "ms", milliseconds_since(start),
           fmt::format(", \"goal\": 50, \"score\": {}", answer->score));
    return 0;
}
