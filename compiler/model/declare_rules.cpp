// Rules by name, before any of them is checked: their owners, versions, and the types of what they
// give, so that expressions may name any rule.
#include "compiler/model/context.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/diagnostics/did_you_mean.hpp"

namespace rulec::model {

namespace {

using rulebook::plan::RuleKind;
using rulebook::plan::Type;
using rulebook::plan::TypeKind;

std::vector<std::string> resolve_owners(Context& context, const std::vector<ast::Name>& named) {
    std::vector<std::string> owners;
    std::vector<std::string> teams;
    for (const Team& team : context.book.teams)
        teams.push_back(team.name);
    for (const ast::Name& owner : named) {
        if (std::ranges::find(teams, owner.text) == teams.end()) {
            auto& report = context.diagnostics.emit<RB1004>(owner.span, owner.text);
            suggest(report, owner.span, owner.text, teams);
            continue;
        }
        if (std::ranges::find(owners, owner.text) == owners.end())
            owners.push_back(owner.text);
    }
    std::ranges::sort(owners);
    return owners;
}

// Adds a version to the rule of that name, which the first version makes; nothing if the name is
// taken by something else.
Rule* declare_version(Context& context, RuleKind kind, const ast::RuleHead& head,
                      std::size_t version) {
    const NamedThing* known = context.find(head.name.text);
    if (known == nullptr || known->kind != NameKind::Rule ||
        context.book.rules[known->index].head.kind != kind) {
        const auto index = static_cast<std::uint32_t>(context.book.rules.size());
        if (!context.declare(head.name, NameKind::Rule, index))
            return nullptr;
        Rule& made = context.book.rules.emplace_back();
        made.head.kind = kind;
        made.head.name = head.name.text;
        made.span = head.name.span;
        made.head.note = source_note(context, head.name.span);
        known = context.find(head.name.text);
    }
    Rule& rule = context.book.rules[known->index];
    if (head.owners.empty())
        context.diagnostics.emit<RB1601>(head.name.span, head.name.text);
    for (std::string& owner : resolve_owners(context, head.owners))
        if (std::ranges::find(rule.head.owners, owner) == rule.head.owners.end())
            rule.head.owners.push_back(std::move(owner));
    if (rule.head.doc.empty() && head.doc)
        rule.head.doc = head.doc->value;
    rule.head.versions.push_back(static_cast<std::uint32_t>(version));
    rule.version_spans.push_back(head.name.span);
    return &rule;
}

// The tiers of a fit as an ordered enum, the lowest first: out, D, C, B, A.
std::vector<std::string> tier_values(Context& context, const ast::Fit& node) {
    std::vector<std::string> values{"out"};
    for (auto tier = node.tiers.rbegin(); tier != node.tiers.rend(); ++tier) {
        if (tier->name.text == "out")
            context.diagnostics.emit<RB2005>(tier->name.span);
        else if (std::ranges::find(values, tier->name.text) != values.end())
            context.diagnostics.emit<RB2004>(tier->name.span, tier->name.text);
        else
            values.push_back(tier->name.text);
    }
    return values;
}

void declare_fit(Context& context, const ast::File& file, const ast::Fit& node) {
    Rule* rule = declare_version(context, RuleKind::Fit, node.head, context.book.fits.size());
    if (rule == nullptr)
        return;
    rulebook::plan::Fit& fit = context.book.fits.emplace_back();
    context.fit_nodes.push_back({&file, &node});
    fit.effective = effective_range(context, file, node.head.effective);
    auto& enums = context.book.schema.enums;
    std::vector<std::string> values =
        node.tiers.empty() ? std::vector<std::string>{} : tier_values(context, node);
    if (rule->head.versions.size() == 1) {
        if (values.empty())
            return;
        rule->head.type = Type::enumeration(static_cast<std::uint32_t>(enums.size()));
        enums.push_back({node.head.name.text + ".tier", std::move(values), true});
        return;
    }
    const bool same = rule->head.type.is(TypeKind::Enum)
                          ? enums[rule->head.type.enum_index()].values == values
                          : values.empty();
    if (!same)
        context.diagnostics.emit<RB1503>(node.head.name.span, node.head.name.text, "their tiers");
}

void declare_decision(Context& context, const ast::File& file, const ast::Decide& node) {
    Rule* rule =
        declare_version(context, RuleKind::Decision, node.head, context.book.decisions.size());
    if (rule == nullptr)
        return;
    rulebook::plan::Decision& decision = context.book.decisions.emplace_back();
    context.decision_nodes.push_back({&file, &node});
    decision.effective = effective_range(context, file, node.head.effective);
    decision.is_motion = node.motion;
    std::optional<Type> type;
    bool optional = false;
    bool has_otherwise = false;
    if (node.type) {
        type = resolve_type(context, *node.type);
        optional = node.type->optional;
        if (!type)
            context.erroneous_names.insert(rule->head.name);
    } else if (const NamedThing* motion = context.find("motion"))
        type = Type::enumeration(motion->index);
    for (const ast::Choice& choice : node.choices)
        has_otherwise = has_otherwise || choice.otherwise;
    if (!type)
        return;
    if (rule->head.versions.size() > 1 && rule->head.type != *type)
        context.diagnostics.emit<RB1503>(node.head.name.span, node.head.name.text,
                                         "what they give");
    rule->head.type = *type;
    rule->head.optional = rule->head.optional || optional || !has_otherwise;
}

void declare_table(Context& context, const ast::File& file, const ast::Table& node) {
    Rule* rule = declare_version(context, RuleKind::Table, node.head, context.book.tables.size());
    if (rule == nullptr)
        return;
    context.table_nodes.push_back({&file, &node});
    rulebook::plan::Table table;
    table.effective = effective_range(context, file, node.head.effective);
    for (const ast::Parameter& output : node.outputs)
        if (const auto type = resolve_type(context, output.type))
            table.outputs.push_back({output.name.text, *type, output.type.optional});
        else
            context.erroneous_names.insert(rule->head.name);
    if (rule->head.versions.size() > 1 &&
        context.book.tables[rule->head.versions[0]].outputs != table.outputs)
        context.diagnostics.emit<RB1503>(node.head.name.span, node.head.name.text, "their outputs");
    context.book.tables.push_back(std::move(table));
}

void declare_trigger(Context& context, const ast::File& file, const ast::Trigger& node) {
    if (declare_version(context, RuleKind::Trigger, node.head, context.book.triggers.size()) ==
        nullptr)
        return;
    context.trigger_nodes.push_back({&file, &node});
    context.book.trigger_spans.emplace_back().name = node.head.name.span;
    context.book.triggers.emplace_back().effective =
        effective_range(context, file, node.head.effective);
}

void declare_credit(Context& context, const ast::File& file, const ast::Credit& node) {
    if (declare_version(context, RuleKind::Credit, node.head, context.book.credits.size()) ==
        nullptr)
        return;
    context.credit_nodes.push_back({&file, &node});
    context.book.credits.emplace_back().effective =
        effective_range(context, file, node.head.effective);
}

void declare_calendar(Context& context, const ast::File& file, const ast::Calendar& node) {
    const auto index = static_cast<std::uint32_t>(context.book.calendars.size());
    if (!context.declare(node.name, NameKind::Calendar, index))
        return;
    context.calendar_nodes.push_back({&file, &node});
    context.book.calendars.emplace_back().name = node.name.text;
}

void declare_policy(Context& context, const ast::File& file, const ast::Policy& node) {
    const auto index = static_cast<std::uint32_t>(context.book.policies.size());
    if (!context.declare(node.name, NameKind::Policy, index))
        return;
    context.policy_nodes.push_back({&file, &node});
    context.book.policy_spans.emplace_back().name = node.name.span;
    rulebook::plan::Policy& policy = context.book.policies.emplace_back();
    policy.name = node.name.text;
    policy.doc = node.doc ? node.doc->value : "";
    policy.owners = resolve_owners(context, node.owners);
    policy.note = source_note(context, node.name.span);
}

// Name and collection; the condition comes when all names are known.
void declare_signal(Context& context, const ast::File& file, const ast::Signal& node) {
    const auto index = static_cast<std::uint32_t>(context.book.signals.size());
    const auto* reference = file.as<ast::NameReference>(node.selection.value);
    const auto entity = reference != nullptr
                            ? context.book.schema.entity_of_collection(reference->name.text)
                            : std::optional<rulebook::plan::EntityIndex>{};
    if (!context.declare(node.name, NameKind::Signal, index))
        return;
    Signal& signal = context.book.signals.emplace_back();
    signal.name = node.name.text;
    signal.span = node.name.span;
    signal.collection = entity.value_or(context.book.schema.root);
}

} // namespace

std::string reader_name(RuleKind kind, std::string_view name) {
    return fmt::format("{} `{}`", spelling(kind), name);
}

void declare_rules(Context& context) {
    context.each<ast::Signal>([&](const ast::File& file, const ast::Signal& node) {
        declare_signal(context, file, node);
    });
    context.each<ast::Calendar>([&](const ast::File& file, const ast::Calendar& node) {
        declare_calendar(context, file, node);
    });
    context.each<ast::Policy>([&](const ast::File& file, const ast::Policy& node) {
        declare_policy(context, file, node);
    });
    context.each<ast::Fit>(
        [&](const ast::File& file, const ast::Fit& node) { declare_fit(context, file, node); });
    context.each<ast::Decide>([&](const ast::File& file, const ast::Decide& node) {
        declare_decision(context, file, node);
    });
    context.each<ast::Table>(
        [&](const ast::File& file, const ast::Table& node) { declare_table(context, file, node); });
    context.each<ast::Trigger>([&](const ast::File& file, const ast::Trigger& node) {
        declare_trigger(context, file, node);
    });
    context.each<ast::Credit>([&](const ast::File& file, const ast::Credit& node) {
        declare_credit(context, file, node);
    });
    for (const Rule& rule : context.book.rules) {
        std::vector<Effective> ranges;
        for (const std::uint32_t version : rule.head.versions)
            switch (rule.head.kind) {
#define RB_RULE_KIND(Name, id, spelling, layer, member)                                            \
    case RuleKind::Name:                                                                           \
        ranges.push_back(context.book.member[version].effective);                                  \
        break;
#include "runtime/plan/rule_kinds.def"
            }
        check_versions_apart(context, rule.head.name, ranges, rule.version_spans);
    }
}

} // namespace rulec::model
