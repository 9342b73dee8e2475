#include <algorithm>
#include <memory>
#include <ostream>

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/did_you_mean.hpp"
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
    std::string deal;
    std::string rule;
};

// What is explained.
struct Subject {
    RowIndex root = 0;
    std::optional<std::uint32_t> rule; // only this one
    std::optional<RowIndex> deal;      // only this one, of rules that divide records of `deals`
    rulebook::plan::EntityIndex deals = 0;
};

bool divides(const Plan& plan, std::uint32_t rule, rulebook::plan::EntityIndex deals) {
    return plan.rules[rule].kind == RuleKind::Credit &&
           std::ranges::any_of(plan.rules[rule].versions, [&](std::uint32_t version) {
               return plan.credits[version].deals == deals;
           });
}

// Everything that the rules of one account give, ready to be explained.
rulebook::Result<std::vector<Explanation>> explain_account(const Plan& plan,
                                                           const rulebook::data::Dataset& dataset,
                                                           const Subject& subject,
                                                           std::int64_t as_of) {
    const RowIndex root = subject.root;
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
    rulebook::trigger::AccountTriggers account(*triggers, evaluator);
    std::vector<rulebook::trigger::SeenEvent> events;
    account.run(root, as_of, &events);
    const auto fired = account.fired();
    auto deals = rulebook::credit::credit_deals(*credits, evaluator, root, as_of, &fired);
    if (subject.deal)
        std::erase_if(deals, [&](const auto& deal) { return deal.deal != *subject.deal; });
    std::vector<Explanation> explanations;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule) {
        if ((subject.rule && *subject.rule != rule) ||
            (subject.deal && !divides(plan, rule, subject.deals)))
            continue;
        switch (plan.rules[rule].kind) {
        case RuleKind::Trigger:
            explanations.push_back(
                rulebook::explain::explain_trigger(evaluator, account, events, rule, root, as_of));
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

void print(const Explain& given, const std::string& account,
           const std::vector<Explanation>& explanations, Console& console) {
    if (given.format == "json") {
        nlohmann::ordered_json json = {{"account", account},
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

rulebook::Result<std::uint32_t> rule_named(const Plan& plan, const std::string& name) {
    std::vector<std::string_view> names;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule) {
        if (plan.rules[rule].name == name)
            return rule;
        names.emplace_back(plan.rules[rule].name);
    }
    const auto meant = did_you_mean(name, names);
    return rulebook::make_error("explain.rule", "there is no rule `" + name + "`",
                                meant ? "did you mean `" + std::string(*meant) + "`?" : "");
}

constexpr const char* kWhyNot = "if it is in the data, `rulec run` lists in rejects.csv why not";

rulebook::Result<void> find_deal(const Plan& plan, const rulebook::data::Dataset& dataset,
                                 const std::string& key, Subject& subject) {
    for (const auto& credit : plan.credits) {
        const RowIndex deal = dataset.find_key(credit.deals, key);
        if (deal == rulebook::data::kNoRow)
            continue;
        subject.deal = deal;
        subject.deals = credit.deals;
        subject.root = dataset.table(credit.deals).parent(deal);
        return {};
    }
    return rulebook::make_error("explain.deal",
                                plan.credits.empty()
                                    ? "the rulebook has no credit rule, so there are no deals"
                                    : "there is no deal `" + key + "` among the records",
                                plan.credits.empty() ? "" : kWhyNot);
}

rulebook::Result<Subject> find_subject(const Explain& given, const Plan& plan,
                                       const rulebook::data::Dataset& dataset) {
    Subject subject;
    if (!given.rule.empty()) {
        auto rule = rule_named(plan, given.rule);
        if (!rule)
            return tl::unexpected(rule.error());
        subject.rule = *rule;
    }
    if (!given.deal.empty()) {
        if (auto found = find_deal(plan, dataset, given.deal, subject); !found)
            return tl::unexpected(found.error());
        const std::string account = dataset.key_text(plan.schema.root, subject.root);
        if (!given.account.empty() && account != given.account)
            return rulebook::make_error("explain.deal",
                                        "deal `" + given.deal + "` belongs to `" + account + "`");
        return subject;
    }
    subject.root = dataset.find_key(plan.schema.root, given.account);
    if (subject.root == rulebook::data::kNoRow)
        return rulebook::make_error("explain.account",
                                    "there is no " + plan.schema.root_entity().name + " `" +
                                        given.account + "` among the records",
                                    kWhyNot);
    return subject;
}

ExitCode run(const Explain& given, Console& console) {
    if (given.account.empty() && given.deal.empty())
        return console.unusable("whose results are to be explained?",
                                "say `--account KEY` or `--deal KEY`");
    auto loaded = load_and_compile(given.directory, console);
    if (!loaded)
        return loaded.error();
    const Plan& plan = *loaded->made.plan;
    if (!given.rule.empty())
        if (const auto rule = rule_named(plan, given.rule); !rule)
            return console.unusable(rule.error().message, rule.error().help);
    auto data = load_data(plan, given.data, console);
    if (!data)
        return data.error();
    const auto subject = find_subject(given, plan, data->dataset);
    if (!subject)
        return console.unusable(subject.error().message, subject.error().help);
    const auto wanted = as_of_flag(plan, given.data);
    if (!wanted)
        return console.unusable(wanted.error().message, wanted.error().help);
    const auto as_of = rulebook::engine::as_of_for(plan, data->dataset, *wanted);
    if (!as_of)
        return console.unusable(as_of.error().message, as_of.error().help);
    const auto explanations = explain_account(plan, data->dataset, *subject, as_of->value_or(0));
    if (!explanations)
        return console.unusable(explanations.error().message, explanations.error().help);
    print(given, data->dataset.key_text(plan.schema.root, subject->root), *explanations, console);
    return ExitCode::Fine;
}

} // namespace

Action declare_explain(Flags& flags) {
    auto given = std::make_shared<Explain>();
    flags.rulebook(given->directory);
    declare_data_flags(flags, given->data);
    flags.option("--account", "KEY", given->account, "Whose results are explained");
    flags.option("--deal", "KEY", given->deal, "Explain only how this deal is divided");
    flags.option("--rule", "RULE", given->rule, "Explain this rule only");
    flags.format(given->format);
    flags.example("rulec explain rules/acme --data exports --account acct_42",
                  "every clause with its truth, what it saw and what it gave");
    flags.example("rulec explain rules/acme --data exports --deal deal_7 --rule revenue_split",
                  "touches, model, weights, floors and rounding of one deal");
    return [given](Console& console) { return run(*given, console); };
}

} // namespace rulec::tool
