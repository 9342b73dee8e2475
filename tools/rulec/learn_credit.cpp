#include <algorithm>
#include <filesystem>
#include <memory>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "runtime/engine/journeys.hpp"
#include "runtime/learn/removal_effects.hpp"
#include "runtime/plan/journey_fingerprint.hpp"
#include "runtime/value/calendar_text.hpp"
#include "runtime/value/digest.hpp"
#include "runtime/value/utf8.hpp"
#include "tools/output/account_digests.hpp"
#include "tools/output/cell_text.hpp"
#include "tools/output/data_fingerprint.hpp"
#include "tools/rulec/compile_rulebook.hpp"
#include "tools/rulec/learnt_weights.hpp"
#include "tools/rulec/load_data.hpp"
#include "tools/rulec/paths_file.hpp"
#include "tools/rulec/progress.hpp"
#include "tools/rulec/read_file.hpp"
#include "tools/rulec/replaceable.hpp"
#include "tools/rulec/rule_name.hpp"
#include "tools/rulec/verb.hpp"
#include "tools/rulec/write_file.hpp"

namespace rulec::tool {
namespace {

using rulebook::Result;
using rulebook::plan::Plan;
using rulebook::plan::RuleKind;

constexpr std::size_t kMaximumPathsBytes = std::size_t{1} << 30U;
constexpr std::size_t kMaximumWeightsBytes = std::size_t{64} << 20U;

struct Learn {
    DataFlags data;
    std::string directory;
    std::string rule;
    std::string paths;
    std::string out;
    std::string format;
    std::size_t threads = 1;
};

// The rule to learn for.
struct AskedRule {
    const Plan& plan;
    std::uint32_t rule = 0; // index in Plan::rules
};

Result<std::uint32_t> credit_rule_named(const Plan& plan, const std::string& name) {
    const auto found = std::ranges::find(plan.rules, name, &rulebook::plan::Rule::name);
    if (found == plan.rules.end())
        return tl::unexpected(no_rule_named(plan, name, false));
    if (found->kind == RuleKind::Credit)
        return static_cast<std::uint32_t>(found - plan.rules.begin());
    std::string credits;
    for (const auto& rule : plan.rules)
        if (rule.kind == RuleKind::Credit)
            credits += (credits.empty() ? "" : ", ") + rule.name;
    return rulebook::make_error("learn.no_credit", fmt::format("`{}` is no credit rule", name),
                                credits.empty() ? "the rulebook has none"
                                                : "the credit rules are: " + credits);
}

bool holds_weights(std::string_view content) {
    const auto json = nlohmann::json::parse(content, nullptr, false);
    return json.is_object() && json.contains("weights");
}

bool holds_damaged_json(const std::string& path, std::string_view content) {
    return path.ends_with(".json") && nlohmann::json::parse(content, nullptr, false).is_discarded();
}

// Whether a split of the rule reads its weights from the file.
bool is_read_by(const Plan& plan, std::uint32_t rule, const std::string& directory,
                const std::string& path) {
    return std::ranges::any_of(plan.rules[rule].versions, [&](std::uint32_t version) {
        return std::ranges::any_of(plan.credits[version].splits, [&](const auto& split) {
            return split.model == rulebook::plan::SplitModel::Markov &&
                   same_file(std::filesystem::path(directory) / split.file, path);
        });
    });
}

// `of_the_rule`: the rule reads its weights from there, so that what is damaged were weights.
Result<void> check_may_write(const std::string& out, bool of_the_rule) {
    const auto is_ours = [&](std::string_view content) {
        return holds_weights(content) || (of_the_rule && holds_damaged_json(out, content));
    };
    return check_replaceable(out, kMaximumWeightsBytes, is_ours, "learnt weights");
}

std::string lookback_text(const rulebook::plan::Span& span) {
    using rulebook::plan::CalendarUnit;
    std::string text;
    if (!span.calendar) {
        rulebook::append_duration(text, span.microseconds);
        return text;
    }
    switch (span.unit) {
    case CalendarUnit::Day:
        text = "calendar day";
        break;
    case CalendarUnit::IsoWeek:
        text = "iso week";
        break;
    case CalendarUnit::Month:
        text = "month";
        break;
    }
    return fmt::format("{} {}{}", span.count, text, span.count == 1 ? "" : "s");
}

LearntBy learnt_by(const Plan& plan, std::uint32_t rule, std::uint32_t version,
                   std::optional<std::int64_t> as_of) {
    const auto& lookback = plan.credits[version].lookback;
    return {.rulebook = plan.name,
            .version = plan.version,
            .rule = plan.rules[rule].name,
            .rule_hash = rulebook::plan::journey_fingerprint(plan, version),
            .as_of = as_of ? output::time_text(*as_of) : "",
            .lookback = lookback ? lookback_text(*lookback) : ""};
}

// The values of the rule's parties, where their type names them.
std::vector<std::string> parties_of_type(const Plan& plan, std::uint32_t version) {
    const auto& credit = plan.credits[version];
    const auto type = plan.schema.entities[credit.touches].fields[credit.party_field].type;
    return type.is(rulebook::plan::TypeKind::Enum) ? plan.schema.enums[type.enum_index()].values
                                                   : std::vector<std::string>{};
}

bool has_channel(const rulebook::learn::JourneyGraph& graph, const std::string& name) {
    return std::ranges::binary_search(graph.channels, name, {}, &rulebook::learn::Channel::name);
}

void note_unseen(const std::vector<std::string>& parties, LearntWeights& learnt) {
    for (const std::string& party : parties)
        if (!has_channel(learnt.graph, party))
            learnt.unseen.push_back(party);
}

// ---- journeys

tl::expected<LearntWeights, ExitCode> from_data(const AskedRule& asked, const Learn& given,
                                                Console& console) {
    const auto as_of = as_of_flag(asked.plan, given.data);
    if (!as_of)
        return tl::unexpected(console.unusable(as_of.error().message, as_of.error().help));
    const auto data = load_data(asked.plan, given.data, console);
    if (!data)
        return tl::unexpected(data.error());
    Progress progress(console, "counting journeys");
    const auto counted = rulebook::engine::count_journeys(
        asked.plan, data->dataset, asked.rule,
        {.as_of = *as_of,
         .threads = given.threads,
         .progress = [&](std::size_t done, std::size_t all) { progress.show(done, all); }});
    progress.finish();
    if (!counted)
        return tl::unexpected(console.unusable(counted.error().message, counted.error().help));
    output::DataFingerprint fingerprint;
    fingerprint.add(output::account_digests(data->dataset));
    LearntWeights learnt;
    learnt.by = learnt_by(asked.plan, asked.rule, counted->version, counted->as_of);
    learnt.records = CountedRecords{counted->accounts, counted->won, counted->lost,
                                    counted->accounts_without_close, counted->left_out};
    learnt.data_fingerprint = fingerprint.finish();
    learnt.graph = counted->graph;
    note_unseen(parties_of_type(asked.plan, counted->version), learnt);
    return learnt;
}

// Of all that weights are learnt from, in whatever order and pieces the lines were.
std::string fingerprint_of(const rulebook::learn::JourneyGraph& graph) {
    rulebook::Sha256 digest;
    for (const auto& channel : graph.channels) {
        digest.add_delimited(channel.name);
        for (const std::uint64_t count :
             {channel.journeys, channel.conversions, channel.visits, channel.converting})
            digest.add(count);
    }
    for (const auto& transition : graph.transitions)
        digest.add(std::uint64_t{transition.from})
            .add(std::uint64_t{transition.to})
            .add(transition.count);
    return rulebook::hexadecimal(digest.finish());
}

Result<LearntWeights> from_paths(const std::optional<AskedRule>& asked, const Learn& given) {
    const auto text = read_file(given.paths, kMaximumPathsBytes);
    if (!text)
        return rulebook::make_error(text.error().code,
                                    given.paths + " cannot be read: " + text.error().message);
    if (!rulebook::is_valid_utf8(*text))
        return rulebook::make_error("paths.unreadable", given.paths + ": it is not in UTF-8");
    const auto paths = read_paths(*text, given.paths);
    if (!paths)
        return tl::unexpected(paths.error());
    auto graph = count_paths(*paths, given.paths);
    if (!graph)
        return tl::unexpected(graph.error());
    LearntWeights learnt;
    learnt.graph = std::move(*graph);
    learnt.data_fingerprint = fingerprint_of(learnt.graph);
    if (!asked)
        return learnt;
    const std::uint32_t version = asked->plan.rules[asked->rule].versions.back();
    learnt.by = learnt_by(asked->plan, asked->rule, version, std::nullopt);
    const auto parties = parties_of_type(asked->plan, version);
    for (const auto& channel : learnt.graph.channels)
        if (!parties.empty() && std::ranges::find(parties, channel.name) == parties.end())
            return rulebook::make_error(
                "paths.unreadable",
                fmt::format("{}: `{}` is no party of `{}`", given.paths, channel.name,
                            learnt.by->rule),
                fmt::format("its parties are: {}", fmt::join(parties, ", ")));
    note_unseen(parties, learnt);
    return learnt;
}

// ---- the work

// What the journeys were, for whoever expected others.
std::string help_for_records(const LearntWeights& learnt) {
    return fmt::format("{} deals are won and {} lost by {}; see `for`, `at` and `--as-of`",
                       learnt.records->won, learnt.records->lost,
                       learnt.by->as_of.empty() ? "the end of the data" : learnt.by->as_of);
}

ExitCode finish(LearntWeights learnt, const Learn& given, Console& console) {
    auto weights = rulebook::learn::removal_effects(learnt.graph);
    if (!weights)
        return console.unusable(weights.error().message,
                                learnt.records ? help_for_records(learnt) : weights.error().help);
    learnt.weights = std::move(*weights);
    std::error_code error;
    if (const auto folder = std::filesystem::path(given.out).parent_path(); !folder.empty())
        std::filesystem::create_directories(folder, error); // what is wrong shows when writing
    if (auto written = write_file(given.out, weights_file(learnt)); !written)
        return console.unusable(written.error().message, written.error().help);
    if (given.format == "json")
        console.results << weights_json(learnt, given.out);
    else
        console.results << weights_text(learnt) << "weights are in " << given.out << '\n';
    return ExitCode::Fine;
}

ExitCode learn_from_paths(const std::optional<AskedRule>& asked, const Learn& given,
                          Console& console) {
    auto learnt = from_paths(asked, given);
    if (!learnt)
        return console.unusable(learnt.error().message, learnt.error().help);
    return finish(std::move(*learnt), given, console);
}

ExitCode run(const Learn& given, Console& console) {
    if (given.paths.empty() == given.data.folder.empty())
        return console.unusable(given.paths.empty() ? "there is nothing to learn from"
                                                    : "`--data` and `--paths` exclude each other",
                                "name records with `--data` or counted paths with `--paths`");
    if (!given.paths.empty() && (!given.data.map.empty() || given.data.as_of != "latest"))
        return console.unusable("`--map` and `--as-of` are about `--data`, not about `--paths`");
    if (given.rule.empty() && given.paths.empty())
        return console.unusable("`--rule` is missing: the credit rule whose journeys count");
    if (auto may = check_may_write(given.out, !given.rule.empty()); !may)
        return console.unusable(may.error().message, may.error().help);
    if (given.rule.empty())
        return learn_from_paths(std::nullopt, given, console);

    const auto loaded = load_and_compile(given.directory, console, given.out);
    if (!loaded)
        return loaded.error();
    const Plan& plan = *loaded->made.plan;
    const auto rule = credit_rule_named(plan, given.rule);
    if (!rule)
        return console.unusable(rule.error().message, rule.error().help);
    const bool of_the_rule = is_read_by(plan, *rule, given.directory, given.out);
    if (auto may = check_may_write(given.out, of_the_rule); !may)
        return console.unusable(may.error().message, may.error().help);
    const AskedRule asked{plan, *rule};
    if (!given.paths.empty())
        return learn_from_paths(asked, given, console);
    auto learnt = from_data(asked, given, console);
    if (!learnt)
        return learnt.error();
    return finish(std::move(*learnt), given, console);
}

} // namespace

Action declare_learn_credit(Flags& flags) {
    auto given = std::make_shared<Learn>();
    flags.rulebook(given->directory);
    flags.option("--data", "DATA", given->data.folder,
                 "Records as `rulec run` takes them: a journey for each closed deal, and one for "
                 "each account with touches and no closed deal");
    flags.option("--map", "FILE", given->data.map, "Use this file instead of data.toml");
    flags.option("--as-of", "T", given->data.as_of,
                 "Deals count that are closed by then: a time, a date (its first instant), or "
                 "`latest`");
    flags.option("--paths", "FILE", given->paths,
                 "Instead of data: a CSV file with the columns path (`ads > mail > call`), "
                 "conversions and nulls; needs no rulebook unless `--rule` is given");
    flags.option("--rule", "RULE", given->rule,
                 "The credit rule whose deals, touches and parties make the journeys");
    flags.required_option("-o,--out", "FILE", given->out, "Where the weights go");
    flags.threads(given->threads, "How many threads count");
    flags.format(given->format);
    flags.example("rulec learn-credit rules/acme --data exports --rule revenue_split -o "
                  "rules/acme/weights/revenue_split.json",
                  "what `split markov(\"weights/revenue_split.json\")` then reads");
    flags.example("rulec learn-credit --paths paths.csv -o weights.json",
                  "from journeys that were counted elsewhere");
    return [given](Console& console) { return run(*given, console); };
}

} // namespace rulec::tool
