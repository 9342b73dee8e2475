#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/check/check.hpp"
#include "compiler/check/optional_fields.hpp"
#include "compiler/check/triggers.hpp"

namespace rulec::check {

namespace {

using rulebook::plan::Policy;
using rulebook::plan::RuleKind;
using rulebook::plan::Stopper;

// "is `outreach`", "are `outreach`, `alarms`"
std::string policies_there(const model::Rulebook& book) {
    std::vector<std::string> names;
    for (const Policy& policy : book.policies)
        names.push_back(fmt::format("`{}`", policy.name));
    return fmt::format("{} {}", names.size() == 1 ? "is" : "are", fmt::join(names, ", "));
}

// Every trigger of a rulebook with policies names one.
void check_membership(const model::Rulebook& book, Diagnostics& diagnostics) {
    if (book.policies.empty())
        return;
    for (const model::Rule& rule : book.rules)
        if (rule.head.kind == RuleKind::Trigger)
            for (const std::uint32_t version : rule.head.versions)
                if (!book.triggers[version].policy)
                    diagnostics.emit<RB3101>(book.trigger_spans[version].name,
                                             fmt::format("`{}` names", rule.head.name),
                                             policies_there(book));
}

std::size_t members(const model::Rulebook& book, std::uint32_t policy) {
    return static_cast<std::size_t>(std::ranges::count_if(book.rules, [&](const model::Rule& rule) {
        return rule.head.kind == RuleKind::Trigger &&
               std::ranges::any_of(rule.head.versions, [&](std::uint32_t version) {
                   return book.triggers[version].policy == policy;
               });
    }));
}

// A preferred trigger wins at its instant; an earlier firing has used up the limit nevertheless.
void check_preferred(const model::Rulebook& book, std::uint32_t index, Diagnostics& diagnostics) {
    const Policy& policy = book.policies[index];
    const model::PolicySpans& spans = book.policy_spans[index];
    if (policy.limits.empty()) {
        if (!policy.prefer.empty())
            diagnostics.emit<RB3103>(spans.prefer.front(), "prefer");
        if (!policy.exempt.empty())
            diagnostics.emit<RB3103>(spans.exempt, "exempt");
        return;
    }
    if (members(book, index) < 2)
        return;
    for (std::size_t i = 0; i < policy.prefer.size(); ++i)
        if (!std::ranges::binary_search(policy.exempt, policy.prefer[i])) {
            const std::string& name = book.rules[policy.prefer[i]].head.name;
            diagnostics.emit<RB3102>(spans.prefer[i], name, name);
            return; // the others are behind it
        }
}

void check_stopper(const model::Rulebook& book, const std::vector<Stopper>& stoppers,
                   std::uint32_t frames, Diagnostics& diagnostics) {
    for (const Stopper& stopper : stoppers) {
        OptionalFields fields(book, frames);
        fields.add(stopper.when);
        for (const auto& [field, span] : fields.unguarded()) {
            if (!entity_of(book, field).fields[field.second].optional)
                continue;
            const std::string name = name_of(book, field);
            diagnostics.emit<RB3104>(span, name, name);
        }
    }
}

} // namespace

void check_policies(const model::Rulebook& book, Diagnostics& diagnostics) {
    check_membership(book, diagnostics);
    for (std::uint32_t i = 0; i < book.policies.size(); ++i)
        check_preferred(book, i, diagnostics);
}

void tell_once_of_membership(const model::Rulebook& book, const Sources& sources,
                             Diagnostics& diagnostics) {
    const std::vector<Diagnostic> found = diagnostics.take("RB3101");
    if (found.empty())
        return;
    std::vector<std::string> names;
    for (const Diagnostic& one : found)
        names.push_back(fmt::format("`{}`", sources.text(one.span)));
    const std::string last = names.back();
    names.pop_back();
    const std::string who = names.empty()
                                ? fmt::format("{} names", last)
                                : fmt::format("{} and {} name", fmt::join(names, ", "), last);
    auto& report = diagnostics.emit<RB3101>(found.front().span, who, policies_there(book));
    for (std::size_t i = 1; i < found.size(); ++i)
        report.label(found[i].span);
}

void check_stoppers(const model::Rulebook& book, Diagnostics& diagnostics) {
    for (const Policy& policy : book.policies)
        check_stopper(book, policy.suppress, 1, diagnostics);
    for (const auto& trigger : book.triggers)
        check_stopper(book, trigger.unless,
                      1 + static_cast<std::uint32_t>(trigger.completing.size()), diagnostics);
}

} // namespace rulec::check
