#include <memory>
#include <optional>
#include <ostream>

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/fix.hpp"
#include "compiler/diagnostics/render.hpp"
#include "tools/rulec/check_weights.hpp"
#include "tools/rulec/compile_rulebook.hpp"
#include "tools/rulec/cost_report.hpp"
#include "tools/rulec/load_data.hpp"
#include "tools/rulec/verb.hpp"
#include "tools/rulec/versions.hpp"
#include "tools/rulec/write_file.hpp"

namespace rulec::tool {
namespace {

struct Check {
    std::string directory;
    std::string format;
    std::string deny;
    bool fix = false;
    bool cost = false;
    DataFlags data; // no folder: none are asked for
};

// A fix can uncover another finding that has one; more rounds than this mean that two disagree.
constexpr int kMaximumFixRounds = 10;

struct Checked {
    RulebookText text;
    Diagnostics diagnostics;
};

rulebook::Result<Checked> check_once(const std::string& directory) {
    Checked checked;
    auto text = load_rulebook(directory, checked.diagnostics);
    if (!text)
        return tl::unexpected(std::move(text.error()));
    checked.text = std::move(*text);
    check_rulebook(checked.text, checked.diagnostics);
    return checked;
}

// The number of fixes that were written.
rulebook::Result<std::size_t> apply_all(const Checked& checked) {
    std::size_t applied = 0;
    for (FileId file : checked.text.files) {
        FixedText fixed = apply_fixes(checked.diagnostics, checked.text.sources, file);
        if (fixed.applied == 0)
            continue;
        auto written = write_file(checked.text.sources.path(file), fixed.text);
        if (!written)
            return tl::unexpected(std::move(written.error()));
        applied += fixed.applied;
    }
    return applied;
}

rulebook::Result<Checked> check_and_fix(const std::string& directory, Console& console) {
    auto checked = check_once(directory);
    std::size_t total = 0;
    for (int round = 0; checked && round < kMaximumFixRounds; ++round) {
        auto applied = apply_all(*checked);
        if (!applied)
            return tl::unexpected(std::move(applied.error()));
        if (*applied == 0)
            break;
        total += *applied;
        checked = check_once(directory);
    }
    if (checked)
        console.messages << "fixed: " << total << '\n';
    return checked;
}

std::string report(const Checked& checked, const std::string& format, const Console& console) {
    const Sources& sources = checked.text.sources;
    if (format == "json")
        return render_json(checked.diagnostics, sources);
    if (format == "sarif")
        return render_sarif(checked.diagnostics, sources, tool_versions().rulec);
    if (format == "github")
        return render_github(checked.diagnostics, sources);
    return render_text(checked.diagnostics, sources,
                       console.colour_results ? Colour::Always : Colour::Never);
}

// What the rulebook costs; nothing where something is wrong with it, which is told already.
void report_cost(const Checked& checked, const std::string& format, const std::string& findings,
                 Console& console) {
    Diagnostics again; // the same ones
    const Compilation made = compile_rulebook(checked.text, again);
    if (format == "json") {
        auto json = nlohmann::ordered_json::parse(findings);
        json["cost"] = made.plan ? cost_json(*made.plan) : nlohmann::ordered_json();
        console.results << json.dump(2) << '\n';
        return;
    }
    console.results << findings << (made.plan ? cost_text(*made.plan) : "");
}

// What only data can show; nothing where something is wrong with the rulebook itself.
std::optional<ExitCode> check_data(Checked& checked, const DataFlags& data, Console& console) {
    Diagnostics again; // the same ones
    const Compilation made = compile_rulebook(checked.text, again);
    if (!made.plan)
        return std::nullopt;
    return check_weights_against_data(made, checked.text.sources, data, checked.diagnostics,
                                      console);
}

ExitCode run(const Check& given, Console& console) {
    if (given.data.folder.empty() && (!given.data.map.empty() || given.data.as_of != "latest"))
        return console.unusable("`--map` and `--as-of` are about `--data`, which is missing");
    if (given.cost && given.format != "text" && given.format != "json")
        return console.unusable("`--cost` has no form `" + given.format + "`",
                                "its forms are text and json");
    auto checked =
        given.fix ? check_and_fix(given.directory, console) : check_once(given.directory);
    if (!checked)
        return console.unusable(checked.error().message, checked.error().help);
    if (!given.data.folder.empty())
        if (const auto failed = check_data(*checked, given.data, console))
            return *failed;
    const std::string findings = report(*checked, given.format, console);
    if (given.cost)
        report_cost(*checked, given.format, findings, console);
    else
        console.results << findings;
    if (given.format == "text") {
        std::string counted = summary(checked->diagnostics);
        console.messages << (counted.empty() ? "no findings" : counted) << '\n';
    }
    return exit_code(checked->diagnostics, given.deny == "warnings");
}

} // namespace

Action declare_check(Flags& flags) {
    auto given = std::make_shared<Check>();
    flags.rulebook(given->directory);
    flags.format(given->format, {"sarif", "github"});
    flags.flag("--fix", given->fix, "Write the fixes that are certain into the files");
    flags.flag("--cost", given->cost,
               "Print what each rule costs, and what each trigger keeps, as formulas");
    flags.option("--data", "DATA", given->data.folder,
                 "Also hold the rules against records: parties that learnt weights do not know");
    flags.option("--map", "FILE", given->data.map, "Use this file instead of data.toml");
    flags.option("--as-of", "T", given->data.as_of,
                 "Records up to then: a time, a date (its first instant), or `latest`");
    given->deny = "nothing";
    flags.choice("--deny", given->deny, {"nothing", "warnings"}, "What besides errors ends with 1");
    flags.example("rulec check rules/acme", "everything that is wrong with a rulebook");
    flags.example("rulec check --fix", "and repair what is certain, in the current folder");
    flags.example("rulec check --cost rules/acme", "and what its rules cost for one account");
    flags.example("rulec check rules/acme --data exports",
                  "and whether learnt weights know all parties of the data");
    flags.example("rulec check --format github --deny warnings", "in a pull request");
    return [given](Console& console) { return run(*given, console); };
}

} // namespace rulec::tool
