#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <ostream>

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "runtime/engine/run.hpp"
#include "runtime/value/calendar.hpp"
#include "runtime/value/calendar_text.hpp"
#include "tools/output/cell_text.hpp"
#include "tools/output/result_tables.hpp"
#include "tools/output/run_record.hpp"
#include "tools/output/table_file.hpp"
#include "tools/rulec/compile_rulebook.hpp"
#include "tools/rulec/load_data.hpp"
#include "tools/rulec/progress.hpp"
#include "tools/rulec/results_folder.hpp"
#include "tools/rulec/tell_of_data.hpp"
#include "tools/rulec/verb.hpp"
#include "tools/rulec/versions.hpp"

namespace rulec::tool {
namespace {

constexpr std::size_t kMostThreads = 1024;

using Clock = std::chrono::steady_clock;
using rulebook::plan::Plan;

struct Run {
    DataFlags data;
    std::string directory;
    std::string format;
    std::vector<std::string> only;
    std::string out = "out";
    std::string out_format = "csv";
    std::string engine = "auto";
    std::size_t threads = 1;
    bool lenient = false;
};

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string now_text() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return output::time_text(std::chrono::duration_cast<std::chrono::seconds>(now).count() *
                             rulebook::kMicrosecondsPerSecond);
}

// ---- what is printed

void print_counts(const rulebook::data::Dataset& dataset, Console& console) {
    for (const auto& table : dataset.counts()) {
        const auto& rows = table.rows;
        console.results << table.table << ": " << rows.in << " in = " << rows.evaluated
                        << " evaluated + " << rows.rejected << " rejected";
        if (rows.duplicates > 0)
            console.results << " + " << rows.duplicates << " duplicates";
        if (rows.merged > 0)
            console.results << " + " << rows.merged << " merged";
        if (rows.orphans > 0)
            console.results << " (" << rows.orphans
                            << (rows.orphans == 1 ? " orphan)" : " orphans)");
        console.results << '\n';
    }
}

void print_values(const Plan& plan, const rulebook::engine::Results& results, Console& console) {
    for (const auto& fit : results.fits) {
        const auto& rule = plan.rules[fit.rule];
        if (!fit.version || !rule.type.is(rulebook::plan::TypeKind::Enum))
            continue;
        std::map<std::int64_t, std::size_t, std::greater<>> tiers; // the highest first
        for (const std::int64_t tier : fit.tier)
            ++tiers[tier];
        console.results << "fit " << rule.name << ':';
        for (const auto& [tier, count] : tiers)
            console.results << ' '
                            << output::cell_text(plan.schema, rule.type,
                                                 rulebook::plan::Value::of(tier))
                            << ' ' << count;
        console.results << '\n';
    }
    for (const auto& decision : results.decisions) {
        const auto& rule = plan.rules[decision.rule];
        const bool few = rule.type.is(rulebook::plan::TypeKind::Enum) ||
                         rule.type.is(rulebook::plan::TypeKind::Bool);
        if (!decision.version || !few)
            continue;
        std::map<std::string, std::size_t> values;
        for (const auto& value : decision.value)
            ++values[value.known() ? output::cell_text(plan.schema, rule.type, value) : "unknown"];
        console.results << spelling(rule.kind) << ' ' << rule.name << ':';
        for (const auto& [value, count] : values)
            console.results << ' ' << value << ' ' << count;
        console.results << '\n';
    }
}

// What did not happen is left out.
std::string trigger_line(const std::string& name, const rulebook::engine::TriggerCounts& counts) {
    std::string line = fmt::format("trigger {}: {} fired", name, counts.fired);
    const auto add = [&](std::uint64_t count, std::string_view words) {
        if (count > 0)
            line += fmt::format(", {} {}", count, words);
    };
    add(counts.control, "control");
    add(counts.suppressed, "suppressed");
    add(counts.when_false + counts.when_unknown, "candidates whose `when` did not hold");
    add(counts.not_in_force, "without a version in force");
    add(counts.pending, "pending");
    return line + "\n";
}

void print_triggers(const Plan& plan, const rulebook::engine::Results& results, Console& console) {
    for (const auto& counts : results.trigger_counts)
        console.results << trigger_line(plan.rules[counts.rule].name, counts);
}

// Wide enough for whatever fits into memory.
using Sums = std::map<std::pair<std::string, std::string>, rulebook::Int128>; // currency, party

void print_credits(const Plan& plan, const rulebook::engine::Results& results,
                   const std::vector<std::string>& only, Console& console) {
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule) {
        const bool wanted =
            only.empty() || std::ranges::find(only, plan.rules[rule].name) != only.end();
        if (plan.rules[rule].kind != rulebook::plan::RuleKind::Credit || !wanted)
            continue;
        Sums sums;
        for (const auto& credit : results.credits)
            if (credit.rule == rule)
                sums[{credit.currency.code(), credit.party}] += credit.amount;
        std::size_t uncredited = 0;
        for (const auto& deal : results.uncredited)
            uncredited += deal.rule == rule ? 1 : 0;
        console.results << "credit " << plan.rules[rule].name << ':';
        for (const auto& [key, sum] : sums)
            console.results << ' ' << key.second << ' ' << key.first << ' '
                            << output::money_text(sum, *rulebook::Currency::of(key.first));
        if (uncredited > 0)
            console.results << (sums.empty() ? " " : "; ") << uncredited << " deals not credited";
        else if (sums.empty())
            console.results << " no deals";
        console.results << '\n';
    }
    std::map<std::string, std::size_t> flags;
    for (const auto& flag : results.flags)
        ++flags[flag.flag];
    for (const auto& [flag, count] : flags)
        console.results << "flag " << flag << ": " << count << " deals\n";
}

// ---- the work

// What is to be written, run.json last, without its content yet. The tables outlive it.
std::vector<ResultFile> files_of(const std::vector<input::TypedTable>& tables,
                                 output::FileFormat format) {
    std::vector<ResultFile> files;
    for (const auto& table : tables)
        files.push_back({table.name + "." + std::string(output::spelling(format)),
                         {},
                         [&table, format](const std::filesystem::path& aside) {
                             return output::write_table(table, format, aside);
                         }});
    files.push_back({"run.json", {}});
    return files;
}

ExitCode run(const Run& given, Console& console) {
    const auto out_format = output::file_format_of(given.out_format);
    if (!out_format)
        return console.unusable(out_format.error().message, out_format.error().help);
    const std::filesystem::path read_from[] = {given.data.folder, given.directory};
    if (auto checked = check_results_folder(given.out, read_from); !checked)
        return console.unusable(checked.error().message, checked.error().help);
    auto loaded = load_and_compile(given.directory, console);
    if (!loaded)
        return loaded.error();
    const Plan& plan = *loaded->made.plan;
    output::RunCircumstances circumstances;
    circumstances.started_at = now_text();
    circumstances.engine = "interpreter";
    circumstances.tool_version = tool_versions().rulec;
    circumstances.git_commit = git_commit_of(given.directory);

    const auto load_start = Clock::now();
    auto data = load_data(plan, given.data, console);
    if (!data)
        return data.error();
    circumstances.load_seconds = seconds_since(load_start);

    rulebook::engine::RunOptions options;
    options.only = given.only;
    options.threads = given.threads;
    if (auto wanted = as_of_flag(plan, given.data); !wanted)
        return console.unusable(wanted.error().message, wanted.error().help);
    else
        options.as_of = *wanted;
    Progress progress(console, "evaluating");
    options.progress = [&](std::size_t done, std::size_t all) { progress.show(done, all); };
    const auto run_start = Clock::now();
    const auto results = rulebook::engine::run(plan, data->dataset, options);
    progress.finish();
    if (!results)
        return console.unusable(results.error().message, results.error().help);
    circumstances.evaluate_seconds = seconds_since(run_start);
    if (!options.as_of && results->as_of)
        tell_of_later_records(*data, *results->as_of, console);

    const auto tables = output::result_tables(plan, data->dataset, *results);
    std::vector<ResultFile> files = files_of(tables, *out_format);
    for (const auto& file : files)
        circumstances.files.push_back(file.name);
    const std::string record = output::run_record(data->dataset, *results, circumstances);
    files.back().content = record;
    if (auto written = write_results(given.out, files, data->files_read); !written)
        return console.unusable(written.error().message, written.error().help);

    if (given.format == "json") {
        nlohmann::ordered_json json = nlohmann::ordered_json::parse(record);
        for (auto& name : json["files"])
            name = (std::filesystem::path(given.out) / name.get<std::string>()).string();
        console.results << json.dump(2) << '\n';
    } else {
        console.results << plan.name << ' ' << plan.version << " as of "
                        << (results->as_of ? output::time_text(*results->as_of) : "no instant")
                        << '\n';
        print_counts(data->dataset, console);
        print_values(plan, *results, console);
        print_triggers(plan, *results, console);
        print_credits(plan, *results, given.only, console);
        console.results << "results are in " << given.out << '\n';
    }
    const bool rejects = !data->dataset.rejects().empty();
    return rejects && !given.lenient ? ExitCode::Findings : ExitCode::Fine;
}

} // namespace

Action declare_run(Flags& flags) {
    auto given = std::make_shared<Run>();
    flags.rulebook(given->directory);
    declare_data_flags(flags, given->data);
    flags.option("--only", "RULE", given->only, "Evaluate only these rules and what they read");
    flags.option("--out", "DIR", given->out, "Where the results go");
    flags.choice("--out-format", given->out_format, {"csv", "ndjson", "parquet"},
                 "What kind of files the results are");
    flags.choice("--engine", given->engine, {"auto", "interpreter"}, "What evaluates the rules");
    flags.number("--threads", "N", given->threads, 1, kMostThreads, "How many threads evaluate");
    flags.flag("--lenient", given->lenient, "Exit with 0 even if records were rejected");
    flags.format(given->format);
    flags.example("rulec run rules/acme --data exports", "all rules, as of the newest record");
    flags.example("rulec run rules/acme --data exports --as-of 2026-06-30 --only revenue_split",
                  "one rule, as of a day's first instant");
    return [given](Console& console) { return run(*given, console); };
}

} // namespace rulec::tool
