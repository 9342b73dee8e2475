#include <algorithm>
#include <filesystem>
#include <memory>
#include <ostream>

#include <nlohmann/json.hpp>

#include "runtime/engine/credit_comparison.hpp"
#include "tools/output/table_file.hpp"
#include "tools/rulec/comparison_report.hpp"
#include "tools/rulec/compile_rulebook.hpp"
#include "tools/rulec/load_data.hpp"
#include "tools/rulec/missing_weights.hpp"
#include "tools/rulec/progress.hpp"
#include "tools/rulec/replaceable.hpp"
#include "tools/rulec/rule_name.hpp"
#include "tools/rulec/verb.hpp"
#include "tools/rulec/write_file.hpp"

namespace rulec::tool {
namespace {

using rulebook::plan::Plan;
using rulebook::plan::RuleKind;

struct CompareCredit {
    DataFlags data;
    std::string directory;
    std::string format;
    std::string rule;
    std::string out;
    std::size_t threads = 1;
};

// The credit rules that are asked about.
rulebook::Result<std::vector<std::string>> rules_to_compare(const Plan& plan,
                                                            const std::string& wanted) {
    std::vector<std::string> names;
    for (const auto& rule : plan.rules)
        if (rule.kind == RuleKind::Credit && (wanted.empty() || rule.name == wanted))
            names.push_back(rule.name);
    if (!names.empty())
        return names;
    if (wanted.empty())
        return rulebook::make_error("credit.none", "the rulebook has no credit rule");
    if (std::ranges::find(plan.rules, wanted, &rulebook::plan::Rule::name) == plan.rules.end())
        return tl::unexpected(no_rule_named(plan, wanted, false));
    return rulebook::make_error("credit.none", "`" + wanted + "` is no credit rule",
                                "models divide what a `credit` rule divides");
}

bool holds_comparison(std::string_view content) {
    constexpr std::string_view kHead = "rule,model,party,deals,amount,difference,currency";
    if (!content.starts_with(kHead))
        return false;
    content.remove_prefix(kHead.size());
    return content.starts_with('\n') || content.starts_with(",floor\n"); // at first it had no floor
}

ExitCode report(const CompareCredit& given, const Plan& plan, Comparisons comparisons,
                std::optional<std::int64_t> as_of, Console& console) {
    if (!given.out.empty()) {
        const auto table = comparison_table(plan, comparisons);
        const FileToWrite file{given.out, {}, [&](const std::filesystem::path& aside) {
                                   return output::write_table(table, output::FileFormat::Csv,
                                                              aside);
                               }};
        if (const auto written = write_files({&file, 1}); !written)
            return console.unusable(written.error().message, written.error().help);
    }
    if (given.format == "json") {
        console.results << comparison_json(plan, comparisons, as_of).dump(2) << '\n';
        return ExitCode::Fine;
    }
    console.results << comparison_text(plan, comparisons);
    if (comparisons.empty())
        console.results << "no deal is credited\n";
    if (!given.out.empty())
        console.results << "\nwritten to " << given.out << '\n';
    return ExitCode::Fine;
}

ExitCode run(const CompareCredit& given, Console& console) {
    constexpr std::size_t kMostBytes = std::size_t{256} << 20U; // of a comparison, by far
    if (!given.out.empty())
        if (const auto free =
                check_replaceable(given.out, kMostBytes, holds_comparison, "comparison");
            !free)
            return console.unusable(free.error().message, free.error().help);
    auto loaded = load_and_compile(given.directory, console);
    if (!loaded)
        return loaded.error();
    const Plan& plan = *loaded->made.plan;
    auto rules = rules_to_compare(plan, given.rule);
    if (!rules)
        return console.unusable(rules.error().message, rules.error().help);
    const auto wanted = as_of_flag(plan, given.data);
    if (!wanted)
        return console.unusable(wanted.error().message, wanted.error().help);
    const auto data = load_data(plan, given.data, console);
    if (!data)
        return data.error();
    const auto as_of = rulebook::engine::as_of_for(plan, data->dataset, *wanted);
    if (!as_of)
        return console.unusable(as_of.error().message, as_of.error().help);
    tell_of_missing_weights(*loaded, *rules, given.data, console);
    rulebook::engine::RunOptions options;
    options.as_of = *as_of;
    options.only = std::move(*rules);
    options.threads = given.threads;
    Progress progress(console, "comparing");
    options.progress = [&](std::size_t done, std::size_t all) { progress.show(done, all); };
    const auto compared = rulebook::engine::compare_credit(plan, data->dataset, options);
    progress.finish();
    if (!compared)
        return console.unusable(compared.error().message, compared.error().help);
    return report(given, plan, *compared, *as_of, console);
}

} // namespace

Action declare_compare_credit(Flags& flags) {
    auto given = std::make_shared<CompareCredit>();
    flags.rulebook(given->directory);
    declare_data_flags(flags, given->data);
    flags.option("--rule", "RULE", given->rule, "Compare for this credit rule only");
    flags.option("--out", "FILE", given->out, "Write every number to this CSV file, too");
    flags.threads(given->threads, "How many threads compare");
    flags.format(given->format);
    flags.example("rulec compare-credit rules/acme --data exports",
                  "what each party would get under every model, and who wins and loses");
    flags.example("rulec compare-credit rules/acme --data exports --rule revenue_split "
                  "--out comparison.csv",
                  "one rule, and a file for the spreadsheet");
    return [given](Console& console) { return run(*given, console); };
}

} // namespace rulec::tool
