#include "runtime/engine/selection.hpp"

#include <algorithm>

#include "runtime/trigger/needed_triggers.hpp"

namespace rulebook::engine {

namespace {

std::vector<std::uint32_t>& of_kind(Selection& selection, plan::RuleKind kind) {
    switch (kind) {
    case plan::RuleKind::Fit:
        return selection.fits;
    case plan::RuleKind::Decision:
        return selection.decisions;
    case plan::RuleKind::Table:
        return selection.tables;
    case plan::RuleKind::Trigger:
        return selection.triggers;
    case plan::RuleKind::Credit:
        break;
    }
    return selection.credits;
}

std::string names_of(const plan::Plan& plan) {
    std::string names;
    for (const plan::Rule& rule : plan.rules)
        names += (names.empty() ? "" : ", ") + rule.name;
    return names;
}

} // namespace

Result<Selection> Selection::of(const plan::Plan& plan, const std::vector<std::string>& names) {
    for (const std::string& name : names)
        if (std::ranges::find(plan.rules, name, &plan::Rule::name) == plan.rules.end())
            return make_error("run.no_rule", "there is no rule named \"" + name + "\"",
                              "the rules are: " + names_of(plan));
    Selection selection;
    std::vector<std::uint32_t> selected;
    for (std::uint32_t i = 0; i < plan.rules.size(); ++i) {
        const plan::Rule& rule = plan.rules[i];
        if (!names.empty() && std::ranges::find(names, rule.name) == names.end())
            continue;
        of_kind(selection, rule.kind).push_back(i);
        selected.push_back(i);
    }
    selection.running = trigger::needed_triggers(plan, selected);
    return selection;
}

} // namespace rulebook::engine
