#include <algorithm>
#include <memory>
#include <ostream>

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/one_line.hpp"
#include "compiler/diagnostics/shown_text.hpp"
#include "runtime/engine/run.hpp"
#include "runtime/explain/explain_trigger.hpp"
#include "runtime/explain/render_text.hpp"
#include "runtime/explain/why_not.hpp"
#include "runtime/trigger/account_triggers.hpp"
#include "tools/rulec/asked_condition.hpp"
#include "tools/rulec/compile_rulebook.hpp"
#include "tools/rulec/explain_account.hpp"
#include "tools/rulec/explained_subject.hpp"
#include "tools/rulec/explanation_json.hpp"
#include "tools/rulec/load_data.hpp"
#include "tools/rulec/rule_name.hpp"
#include "tools/rulec/tell_of_data.hpp"
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
    std::string why_not;
};

void print_harmless(std::string_view text, Console& console) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        console.results << harmless(text.substr(at, end - at)) << '\n';
        at = end + 1;
    }
}

void print(const Explain& given, const std::string& account,
           const std::vector<Explanation>& explanations, Console& console) {
    if (given.format == "json") {
        console.results << explanations_json(account, explanations).dump(2) << '\n';
        return;
    }
    for (std::size_t i = 0; i < explanations.size(); ++i) {
        if (i > 0)
            console.results << '\n';
        print_harmless(rulebook::explain::render_text(explanations[i]), console);
    }
}

rulebook::Result<Subject> find_subject(const Explain& given, const Plan& plan,
                                       const rulebook::data::Dataset& dataset) {
    Subject subject;
    if (!given.rule.empty()) {
        auto named = subject_named(plan, given.rule);
        if (!named)
            return named;
        subject = *named;
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
                                    kRejectsSayWhy);
    return subject;
}

// The account and the instant that are asked about, and the data that they are in.
struct Asked {
    input::LoadedData data;
    Subject subject;
    std::int64_t as_of = 0;
};

tl::expected<Asked, ExitCode> find_asked(const Explain& given, const Plan& plan, Console& console) {
    auto data = load_data(plan, given.data, console);
    if (!data)
        return tl::unexpected(data.error());
    const auto subject = find_subject(given, plan, data->dataset);
    if (!subject)
        return tl::unexpected(console.unusable(subject.error().message, subject.error().help));
    const auto wanted = as_of_flag(plan, given.data);
    if (!wanted)
        return tl::unexpected(console.unusable(wanted.error().message, wanted.error().help));
    const auto as_of = rulebook::engine::as_of_for(plan, data->dataset, *wanted);
    if (!as_of)
        return tl::unexpected(console.unusable(as_of.error().message, as_of.error().help));
    if (*as_of)
        tell_of_later_origin(plan, data->dataset, subject->root, **as_of, console);
    return Asked{std::move(*data), *subject, as_of->value_or(0)};
}

// `T`, `T fired`: a trigger's story.
std::optional<std::uint32_t> trigger_asked(const Plan& plan, std::string_view text) {
    constexpr std::string_view kSpace = " \t\n";
    const auto trim = [&] {
        text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
        text = text.substr(0, text.find_last_not_of(kSpace) + 1);
    };
    trim();
    constexpr std::string_view kFired = " fired";
    if (text.ends_with(kFired)) {
        text.remove_suffix(kFired.size());
        trim();
    }
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        if (plan.rules[rule].name == text && plan.rules[rule].kind == RuleKind::Trigger)
            return rule;
    return std::nullopt;
}

constexpr std::size_t kLongestShown = 200;

ExitCode run_why_not(const Explain& given, const Plan& sound, Console& console) {
    const auto condition = compile_condition(given.directory, given.why_not,
                                             sound.schema.root_entity().name, "--why-not", console);
    if (!condition)
        return condition.error();
    const Plan& plan = condition->plan;
    const auto asked = find_asked(given, plan, console);
    if (!asked)
        return asked.error();
    const auto prepared = rulebook::interpret::PreparedPlan::prepare(plan);
    if (!prepared)
        return console.unusable(prepared.error().message);
    const auto triggers = rulebook::trigger::TriggerShapes::prepare(plan);
    if (!triggers)
        return console.unusable(triggers.error().message);
    rulebook::interpret::Evaluator evaluator(*prepared, asked->data.dataset);
    rulebook::trigger::AccountTriggers account(*triggers, evaluator);
    account.run(asked->subject.root, asked->as_of);
    const auto fired = account.fired();
    auto found = rulebook::explain::why_not(evaluator, condition->node, asked->subject.root,
                                            asked->as_of, &fired);
    found.expression = one_line(given.why_not, kLongestShown);
    const std::string key = asked->data.dataset.key_text(plan.schema.root, asked->subject.root);
    if (given.format == "json")
        console.results << why_not_json(plan, key, found).dump(2) << '\n';
    else
        print_harmless(rulebook::explain::render_text(plan, found), console);
    return ExitCode::Fine;
}

ExitCode run(const Explain& given, Console& console) {
    if (!given.why_not.empty() && (!given.rule.empty() || !given.deal.empty()))
        return console.unusable("`--why-not` goes together with neither `--rule` nor `--deal`");
    if (given.account.empty() && given.deal.empty())
        return console.unusable("whose results are to be explained?",
                                "say `--account KEY` or `--deal KEY`");
    auto loaded = load_and_compile(given.directory, console);
    if (!loaded)
        return loaded.error();
    const Plan& plan = *loaded->made.plan;
    if (!given.rule.empty())
        if (const auto rule = subject_named(plan, given.rule); !rule)
            return console.unusable(rule.error().message, rule.error().help);
    Explain asked_for = given;
    if (!given.why_not.empty()) {
        const auto trigger = trigger_asked(plan, given.why_not);
        if (!trigger)
            return run_why_not(given, plan, console);
        asked_for.rule = plan.rules[*trigger].name;
    }
    const auto asked = find_asked(asked_for, plan, console);
    if (!asked)
        return asked.error();
    auto explanations = explain_account(plan, asked->data.dataset, asked->subject, asked->as_of);
    if (!explanations)
        return console.unusable(explanations.error().message, explanations.error().help);
    if (!given.why_not.empty())
        for (Explanation& explanation : *explanations)
            explanation = rulebook::explain::only_what_stopped(std::move(explanation));
    print(given, asked->data.dataset.key_text(plan.schema.root, asked->subject.root), *explanations,
          console);
    return ExitCode::Fine;
}

} // namespace

Action declare_explain(Flags& flags) {
    auto given = std::make_shared<Explain>();
    flags.rulebook(given->directory);
    declare_data_flags(flags, given->data);
    flags.option("--account", "KEY", given->account, "Whose results are explained");
    flags.option("--deal", "KEY", given->deal, "Explain only how this deal is divided");
    flags.option("--rule", "RULE", given->rule, "Explain this rule or policy only");
    flags.option(
        "--why-not", "CONDITION", given->why_not,
        "What keeps this from being true, and what would make it so; of a trigger by name, "
        "why it did not fire");
    flags.format(given->format);
    flags.example("rulec explain rules/acme --data exports --account acct_42",
                  "every clause with its truth, what it saw and what it gave");
    flags.example("rulec explain rules/acme --data exports --deal deal_7 --rule revenue_split",
                  "touches, model, weights, floors and rounding of one deal");
    flags.example("rulec explain rules/acme --data exports --account acct_42 "
                  "--why-not 'design_icp.tier is A'",
                  "the fewest fields to change, and what does not hold");
    return [given](Console& console) { return run(*given, console); };
}

} // namespace rulec::tool
