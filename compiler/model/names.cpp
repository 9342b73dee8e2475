// The one namespace of a rulebook: who declares what.
#include "compiler/diagnostics/one_line.hpp"
#include "compiler/model/context.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rulec::model {

const NamedThing* Context::find(std::string_view name) const {
    const auto found = names.find(name);
    return found == names.end() ? nullptr : &found->second;
}

std::vector<std::string> Context::names_of(NameKind kind) const {
    std::vector<std::string> found;
    for (const auto& [name, thing] : names)
        if (thing.kind == kind)
            found.push_back(name);
    return found;
}

bool Context::declare(const ast::Name& name, NameKind kind, std::uint32_t index) {
    const auto [place, fresh] = names.try_emplace(name.text, NamedThing{kind, index, name.span});
    if (!fresh)
        diagnostics.emit<RB1003>(name.span, name.text).label(place->second.span, "first here");
    return fresh;
}

namespace {

bool is_snake_case(std::string_view name) {
    for (const char letter : name)
        if (letter >= 'A' && letter <= 'Z')
            return false;
    return true;
}

void lint_name(Context& context, const ast::Name& name) {
    if (name.present() && !is_snake_case(name.text))
        context.diagnostics.emit<RB1010>(name.span, name.text);
}

template <class Node>
void lint_heads(Context& context) {
    context.each<Node>(
        [&](const ast::File&, const Node& node) { lint_name(context, node.head.name); });
}

template <class Node>
void lint_names(Context& context) {
    context.each<Node>([&](const ast::File&, const Node& node) { lint_name(context, node.name); });
}

void declare_definition(Context& context, const ast::File& file, const ast::Define& node) {
    const NamedThing* known = context.find(node.name.text);
    if (known != nullptr && known->kind == NameKind::Definition) {
        context.definition_nodes[known->index].push_back({&file, &node});
        return;
    }
    const auto index = static_cast<std::uint32_t>(context.book.definitions.size());
    if (!context.declare(node.name, NameKind::Definition, index))
        return;
    Definition definition;
    definition.name = node.name.text;
    definition.span = node.name.span;
    context.book.definitions.push_back(std::move(definition));
    context.definition_nodes.push_back({{&file, &node}});
    context.definition_progress.push_back(Progress::Untouched);
    context.definition_chains.push_back(0);
}

} // namespace

void declare_names(Context& context) {
    context.each<ast::Define>([&](const ast::File& file, const ast::Define& node) {
        declare_definition(context, file, node);
    });
    lint_names<ast::Entity>(context);
    lint_names<ast::Enum>(context);
    lint_names<ast::Define>(context);
    lint_names<ast::List>(context);
    lint_heads<ast::Fit>(context);
    lint_heads<ast::Decide>(context);
    lint_heads<ast::Table>(context);
    lint_heads<ast::Trigger>(context);
    lint_names<ast::Calendar>(context);
    lint_names<ast::Policy>(context);
    lint_heads<ast::Credit>(context);
}

int layer_of(rulebook::plan::RuleKind kind) {
    switch (kind) {
#define RB_RULE_KIND(Name, id, spelling, layer, member)                                            \
    case rulebook::plan::RuleKind::Name:                                                           \
        return layer;
#include "runtime/plan/rule_kinds.def"
    }
    return 0;
}

std::string describe(const Context& context, rulebook::plan::Type type) {
    using rulebook::plan::TypeKind;
    switch (type.kind) {
    case TypeKind::Bool:
        return "a condition";
    case TypeKind::Int:
        return "a whole number";
    case TypeKind::Number:
        return "a number";
    case TypeKind::Percent:
        return "a percent";
    case TypeKind::Money:
        return fmt::format("money in {}", type.currency().code());
    case TypeKind::Text:
        return "a text";
    case TypeKind::Date:
        return "a date";
    case TypeKind::Time:
        return "a time";
    case TypeKind::Duration:
        return "a length of time";
    case TypeKind::Points:
        return "points";
    case TypeKind::Enum: {
        const auto& found = context.book.schema.enums[type.enum_index()];
        if (!found.name.empty())
            return fmt::format("a value of enum `{}`", found.name);
        return fmt::format("one of {}", fmt::join(found.values, ", "));
    }
    }
    return "?";
}

std::optional<std::uint32_t> Rulebook::rule_named(std::string_view name) const {
    for (std::uint32_t i = 0; i < rules.size(); ++i)
        if (rules[i].head.name == name)
            return i;
    return std::nullopt;
}

rulebook::plan::SourceNote source_note(const Context& context, Span span) {
    rulebook::plan::SourceNote note;
    if (!span.somewhere())
        return note;
    note.path = std::string(context.sources.path(span.file));
    note.line = context.sources.position(span.file, span.begin).line;
    note.text = one_line(context.sources.text(span));
    return note;
}

rulebook::plan::SourceNote source_note(const Context& context, Span span,
                                       const std::optional<ast::Text>& because) {
    static constexpr std::string_view kWord = "because";
    if (because && because->span.begin > span.begin)
        span.end = because->span.begin;
    rulebook::plan::SourceNote note = source_note(context, span);
    if (because && note.text.ends_with(kWord))
        note.text.resize(note.text.size() - kWord.size());
    while (note.text.ends_with(' '))
        note.text.pop_back();
    return note;
}

} // namespace rulec::model
