#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/codegen/compile.hpp"
#include "runtime/value/calendar.hpp"
#include "runtime/value/calendar_text.hpp"
#include "tools/output/cell_text.hpp"
#include "tools/output/run_record.hpp"
#include "tools/output/table_file.hpp"
#include "tools/rulec/background_code.hpp"
#include "tools/rulec/compile_rulebook.hpp"
#include "tools/rulec/evaluation.hpp"
#include "tools/rulec/git_commit.hpp"
#include "tools/rulec/load_data.hpp"
#include "tools/rulec/missing_weights.hpp"
#include "tools/rulec/results_folder.hpp"
#include "tools/rulec/rule_name.hpp"
#include "tools/rulec/run_files.hpp"
#include "tools/rulec/run_since.hpp"
#include "tools/rulec/run_text.hpp"
#include "tools/rulec/tell_of_data.hpp"
#include "tools/rulec/verb.hpp"
#include "tools/rulec/versions.hpp"

namespace rulec::tool {
namespace {

constexpr std::size_t kMostAccountsAtATime = 1'000'000'000;

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
    std::size_t chunk = 0;
    std::string since;
    bool lenient = false;
};

// Beside the results, since other folders may be small: not there yet, its parent.
std::filesystem::path spool_folder(const std::filesystem::path& out) {
    std::error_code error;
    std::filesystem::path folder = std::filesystem::absolute(out, error).lexically_normal();
    while (!folder.empty() && folder.has_parent_path() && folder != folder.parent_path() &&
           !std::filesystem::is_directory(folder, error))
        folder = folder.parent_path();
    return folder;
}

// Microseconds since 1970 UTC, to the second.
std::int64_t now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(since).count() *
           rulebook::kMicrosecondsPerSecond;
}

constexpr std::int64_t kPlausible = 36'525 * rulebook::kMicrosecondsPerDay; // a hundred years

using Warnings = std::vector<DataWarning>;

// One record, or of a series all of them; files by their paths.
std::string json_text(const RunFiles& files, const Run& given) {
    const auto path = [&](const std::string& name) {
        return (std::filesystem::path(given.out) / name).string();
    };
    const auto record = [&](std::size_t instant) {
        auto json = nlohmann::ordered_json::parse(files.records()[instant]);
        for (auto& name : json["files"])
            name = path(files.folder(instant) + name.get<std::string>());
        return json;
    };
    if (!files.is_series())
        return record(0).dump(2);
    nlohmann::ordered_json json;
    for (std::size_t instant = 0; instant < files.records().size(); ++instant)
        json["series"].push_back(record(instant));
    json["files"] = {path("series.csv"), path("series.json")};
    return json.dump(2);
}

output::RunCircumstances first_circumstances() {
    output::RunCircumstances circumstances;
    circumstances.started_at = output::time_text(now());
    circumstances.tool_version = tool_versions().rulec;
    return circumstances;
}

// Where there is less data, it is evaluated before code for it is ready.
constexpr std::uintmax_t kMuchData = 8'000'000; // bytes

std::uintmax_t bytes_in(const std::filesystem::path& folder) {
    std::error_code error;
    std::uintmax_t bytes = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder, error))
        if (file.is_regular_file(error))
            bytes += file.file_size(error);
    return bytes;
}

void tell_of_interpreting(const rulebook::Error& why, Console& console) {
    console.messages << fmt::format("rulec: note: rules are interpreted: {}\n", why.message);
}

// Null: everything is interpreted. Where code is wanted but cannot be, this is told.
std::unique_ptr<BackgroundCode> native_code(const Plan& plan, const Run& given,
                                            std::optional<std::int64_t> as_of, Console& console) {
    if (given.engine == "interpreter" ||
        (given.engine == "auto" && bytes_in(given.data.folder) < kMuchData))
        return nullptr;
    if (const auto may = codegen::may_make_code(); !may) {
        tell_of_interpreting(may.error(), console);
        return nullptr;
    }
    auto code =
        std::make_unique<BackgroundCode>(plan, given.only, as_of.value_or(now()), given.threads);
    if (given.engine == "auto")
        return code;
    if (const auto ready = code->wait(); !ready) {
        tell_of_interpreting(ready.error(), console);
        return nullptr;
    }
    return code;
}

// Of each instant, told and given for run.json.
std::vector<Warnings> warnings_of_instants(const EvaluationRequest& request,
                                           const Evaluation& evaluation, Console& console) {
    std::vector<Warnings> warnings(request.instants.size());
    for (std::size_t i = 0; i < request.instants.size(); ++i) {
        const auto& as_of = evaluation.outputs[i].results().as_of;
        if (!as_of)
            continue;
        const auto warning =
            request.instants[i].as_of
                ? later_instant(evaluation.notes, *as_of)
                : later_records(evaluation.notes, evaluation.latest_record, *as_of, now());
        if (warning)
            warnings[i].push_back(*warning);
        if (request.instants[i].as_of && evaluation.latest)
            tell_of_unknown_time(evaluation.notes, *evaluation.latest, *as_of, console);
    }
    for (const Warnings& of_instant : warnings)
        for (const DataWarning& warning : of_instant)
            tell(warning, console);
    return warnings;
}

// Of the data, which are told already, and of deals in them.
void add_data_warnings(const Plan& plan, const Evaluation& evaluation, Warnings& warnings,
                       Console& console) {
    std::ranges::move(data_warnings(plan, evaluation.notes, evaluation.counts.tables()),
                      std::back_inserter(warnings));
    for (const DataWarning& warning : evaluation.early_deals.warnings()) {
        tell(warning, console);
        warnings.push_back(warning);
    }
}

ExitCode run(const Run& given, Console& console) {
    GitCommit git_commit(given.directory);
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
    for (const std::string& name : given.only)
        if (std::ranges::find(plan.rules, name, &rulebook::plan::Rule::name) == plan.rules.end()) {
            const rulebook::Error error = no_rule_named(plan, name, false);
            return console.unusable(error.message, error.help);
        }
    auto instants = wanted_instants(plan, given.data.as_of);
    if (!instants)
        return console.unusable(instants.error().message, instants.error().help);
    if (instants->size() > 1)
        for (const WantedInstant& instant : *instants)
            if (auto checked = check_results_folder(
                    std::filesystem::path(given.out) / instant.folder, read_from);
                !checked)
                return console.unusable(checked.error().message, checked.error().help);
    output::RunCircumstances circumstances = first_circumstances();
    Warnings warnings = tell_of_missing_weights(*loaded, given.only, given.data, console);
    if (!given.since.empty())
        if (auto possible = check_since(*out_format, instants->size()); !possible)
            return console.unusable(possible.error().message, possible.error().help);
    std::optional<incremental::Since> since = since_of(given.since, plan, given.only, *out_format);
    const auto native = native_code(plan, given, instants->front().as_of, console);
    const EvaluationRequest request{.data = given.data,
                                    .instants = std::move(*instants),
                                    .only = given.only,
                                    .threads = given.threads,
                                    .chunk = given.chunk,
                                    .spool = spool_folder(given.out),
                                    .since = since ? &*since : nullptr,
                                    .native = native.get(),
                                    .scan = given.engine != "interpreter",
                                    .latest_plausible = now() + kPlausible};
    auto evaluated = evaluate(plan, request, console);
    if (!evaluated)
        return evaluated.error();
    Evaluation& evaluation = **evaluated;
    add_data_warnings(plan, evaluation, warnings, console);
    tell_of_rejected_values(evaluation.counts.rejects(), console);
    const auto of_instants = warnings_of_instants(request, evaluation, console);
    if (since) {
        circumstances.since = {given.since,       since->evaluated(), since->kept(),
                               since->not_read(), since->why_all(),   since->why_read()};
        tell_of_since(*since, given.since, console);
    }
    circumstances.engine = native && native->ready() != nullptr ? "native" : "interpreter";
    circumstances.git_commit = git_commit.answer();
    circumstances.load_seconds = evaluation.load_seconds;
    circumstances.evaluate_seconds = evaluation.evaluate_seconds;

    RunFiles files(plan, evaluation, request, *out_format, circumstances,
                   {std::move(warnings), of_instants});
    if (auto written = write_results(given.out, files.files(), evaluation.notes.files_read);
        !written)
        return console.unusable(written.error().message, written.error().help);
    if (given.format == "json") {
        console.results << json_text(files, given) << '\n';
    } else {
        for (std::size_t instant = 0; instant < request.instants.size(); ++instant)
            console.results << run_text(plan, evaluation, request, instant,
                                        instant == 0 ? CountsOf::AllRecords : CountsOf::Accounts);
        console.results << "results are in " << given.out << '\n';
    }
    const bool rejects = !evaluation.counts.rejects().empty();
    return rejects && !given.lenient ? ExitCode::Findings : ExitCode::Fine;
}

} // namespace

Action declare_run(Flags& flags) {
    auto given = std::make_shared<Run>();
    flags.rulebook(given->directory);
    declare_data_flags(flags, given->data);
    flags.option("--only", "RULE", given->only, "Evaluate only these rules and what they read");
    flags.option("--out", "DIR", given->out, "Where the results go");
    flags.choice("--out-format", given->out_format, {"csv", "ndjson", "parquet", "arrow"},
                 "What kind of files the results are");
    flags.choice("--engine", given->engine, {"auto", "jit", "interpreter"},
                 "What evaluates the rules: native code that is compiled for the run (jit), or the "
                 "reference interpreter; auto: native code where there is much data");
    flags.threads(given->threads, "How many threads evaluate");
    flags.number("--chunk", "N", given->chunk, 0, kMostAccountsAtATime,
                 "Read, evaluate and write so many accounts at a time, where every file is in the "
                 "order of their keys; 0: all at once, unless they would not fit into memory");
    flags.option("--since", "OUT", given->since,
                 "Take over from the results in OUT what has not changed since");
    flags.flag("--lenient", given->lenient, "Exit with 0 even if records were rejected");
    flags.format(given->format);
    flags.example("rulec run rules/acme --data exports", "all rules, as of the newest record");
    flags.example("rulec run rules/acme --data exports --as-of 2026-06-30 --only revenue_split",
                  "one rule, as of a day's first instant");
    flags.example("rulec run rules/acme --data exports --as-of 2026-06-01,2026-07-01",
                  "the ends of May and June: each in a folder of its own");
    return [given](Console& console) { return run(*given, console); };
}

} // namespace rulec::tool
