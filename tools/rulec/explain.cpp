#include <memory>
#include <ostream>

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/shown_text.hpp"
#include "runtime/credit/account_credit.hpp"
#include "runtime/engine/run.hpp"
#include "runtime/explain/explain_credit.hpp"
#include "runtime/explain/explain_rule.hpp"
#include "runtime/explain/explain_trigger.hpp"
#include "runtime/explain/render_text.hpp"
#include "runtime/trigger/account_triggers.hpp"
#include "tools/output/cell_text.hpp"
#include "tools/rulec/compile_rulebook.hpp"
#include "tools/rulec/load_data.hpp"
#include "tools/rulec/verb.hpp"

namespace rulec::tool {
namespace {

using rulebook::explain::Explanation;
using rulebook::interpret::RowIndex;
using rulebook::plan::Plan;
using rulebook::plan::RuleKind;

struct Explain {
    DataFlags data;
    std::string directory;
    std::string format;
    std::string account;
    std::string rule;
};

// Everything that the rules of one account give, ready to be explained.
rulebook::Result<std::vector<Explanation>> explain_account(const Plan& plan,
                                                           const rulebook::data::Dataset& dataset,
                                                           RowIndex root, std::int64_t as_of,
                                                           std::optional<std::uint32_t> only) {
    auto prepared = rulebook::interpret::PreparedPlan::prepare(plan);
    if (!prepared)
        return tl::unexpected(prepared.error());
    auto triggers = rulebook::trigger::TriggerShapes::prepare(plan);
    if (!triggers)
        return tl::unexpected(triggers.error());
    auto credits = rulebook::credit::CreditShapes::prepare(plan);
    if (!credits)
        return tl::unexpected(credits.error());
    rulebook::interpret::Evaluator evaluator(*prepared, dataset);
    const auto firings = rulebook::trigger::run_triggers(*triggers, evaluator, root, as_of);
    const auto fired = rulebook::trigger::fired_lookup(firings.machine);
    const auto deals = rulebook::credit::credit_deals(*credits, evaluator, root, as_of, &fired);
    std::vector<Explanation> explanations;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule) {
        if (only && *only != rule)
            continue;
        switch (plan.rules[rule].kind) {
        case RuleKind::Trigger:
            explanations.push_back(
                rulebook::explain::explain_trigger(evaluator, firings, rule, root, as_of));
            break;
        case RuleKind::Credit:
            explanations.push_back(
                rulebook::explain::explain_credit(evaluator, deals, rule, root, as_of, &fired));
            break;
        default:
            explanations.push_back(rulebook::explain::explain_rule(evaluator, rule, root, as_of));
        }
    }
    return explanations;
}

nlohmann::ordered_json line_json(const rulebook::explain::Line& line) {
    nlohmann::ordered_json json = {{"kind", spelling(line.kind)}, {"text", line.text}};
    if (!line.path.empty())
        json["source"] = {{"path", line.path}, {"line", line.line}};
    if (!line.because.empty())
        json["because"] = line.because;
    if (line.truth)
        json["truth"] = spelling(*line.truth);
    if (!line.cause.empty())
        json["cause"] = line.cause;
    if (line.points)
        json["points"] = output::points_text(*line.points);
    if (line.minor_units)
        json["amount"] = line.amount;
    if (line.decides)
        json["decides"] = true;
    for (const auto& seen : line.seen)
        json["saw"].push_back({{"name", seen.name}, {"value", seen.value}, {"cause", seen.cause}});
    for (const std::string& remark : line.remarks)
        json["remarks"].push_back(remark);
    return json;
}

nlohmann::ordered_json explanation_json(const Explanation& explanation) {
    nlohmann::ordered_json json = {{"rule", explanation.rule},
                                   {"kind", spelling(explanation.kind)},
                                   {"as_of", output::time_text(explanation.instant)},
                                   {"in_force", explanation.in_force},
                                   {"results", nlohmann::ordered_json::object()},
                                   {"lines", nlohmann::ordered_json::array()}};
    for (const auto& result : explanation.results)
        json["results"][result.name] = result.value;
    for (const auto& line : explanation.lines)
        json["lines"].push_back(line_json(line));
    return json;
}

void print(const Explain& given, const std::vector<Explanation>& explanations, Console& console) {
    if (given.format == "json") {
        nlohmann::ordered_json json = {{"account", given.account},
                                       {"explanations", nlohmann::ordered_json::array()}};
        for (const Explanation& explanation : explanations)
            json["explanations"].push_back(explanation_json(explanation));
        console.results << json.dump(2) << '\n';
        return;
    }
    for (std::size_t i = 0; i < explanations.size(); ++i) {
        if (i > 0)
            console.results << '\n';
        const std::string text = rulebook::explain::render_text(explanations[i]);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            console.results << harmless(std::string_view(text).substr(at, end - at)) << '\n';
            at = end + 1;
        }
    }
}

ExitCode run(const Explain& given, Console& console) {
    auto loaded = load_and_compile(given.directory, console);
    if (!loaded)
        return loaded.error();
    const Plan& plan = *loaded->made.plan;
    std::optional<std::uint32_t> only;
    if (!given.rule.empty()) {
        for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
            if (plan.rules[rule].name == given.rule)
                only = rule;
        if (!only)
            return console.unusable("there is no rule `" + given.rule + "`");
    }
    auto data = load_data(plan, given.data, console);
    if (!data)
        return data.error();
    const RowIndex root = data->dataset.find_key(plan.schema.root, given.account);
    if (root == rulebook::data::kNoRow)
        return console.unusable("there is no " + plan.schema.root_entity().name + " `" +
                                    given.account + "` among the records",
                                "if it is in the data, `rulec run` lists in rejects.csv why not");
    const auto wanted = as_of_flag(plan, given.data);
    if (!wanted)
        return console.unusable(wanted.error().message, wanted.error().help);
    const auto as_of = rulebook::engine::as_of_for(plan, data->dataset, *wanted);
    if (!as_of)
        return console.unusable(as_of.error().message, as_of.error().help);
    const auto explanations = explain_account(plan, data->dataset, root, as_of->value_or(0), only);
    if (!explanations)
        return console.unusable(explanations.error().message, explanations.error().help);
    print(given, *explanations, console);
    return ExitCode::Fine;
}

} // namespace

Action declare_explain(Flags& flags) {
    auto given = std::make_shared<Explain>();
    flags.rulebook(given->directory);
    declare_data_flags(flags, given->data);
    flags.required_option("--account", "KEY", given->account, "Whose results are explained");
    flags.option("--rule", "RULE", given->rule, "Explain this rule only");
    flags.format(given->format);
    flags.example("rulec explain rules/acme --data exports --account acct_42",
                  "every clause with its truth, what it saw and what it gave");
    return [given](Console& console) { return run(*given, console); };
}

} // namespace rulec::tool
