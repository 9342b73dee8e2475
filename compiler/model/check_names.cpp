// What a name stands for, in the scope where it was written.
#include "compiler/model/checker.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rulec::model {

namespace {

using rulebook::plan::Entity;
using rulebook::plan::RuleKind;

std::string_view what_is(NameKind kind) {
    switch (kind) {
    case NameKind::Enum:
        return "a type";
    case NameKind::Entity:
        return "a record";
    case NameKind::List:
        return "a list";
    case NameKind::Lookup:
        return "a lookup";
    case NameKind::Definition:
        return "a definition";
    case NameKind::Signal:
        return "a signal";
    case NameKind::Calendar:
        return "a calendar";
    case NameKind::Policy:
        return "a policy";
    case NameKind::Rule:
        return "a rule";
    }
    return "?";
}

} // namespace

// Bare names, in this order: a parameter; a field of the record at hand, unless an enum value is
// expected that bears the name and the field is of another type; a value of the expected enum;
// `as_of`; a definition, signal or rule.
ExprId Checker::check_name(const ast::NameReference& node, Span span, const Type* expected) {
    const ast::Name& name = node.name;
    if (const auto parameter = named_parameter(name))
        return *parameter;
    const auto value = expected != nullptr ? enum_value(context_, *expected, name.text)
                                           : std::optional<std::int64_t>{};
    const Entity& entity = context_.book.schema.entities[scope_.bare_frame().entity];
    if (const auto index = entity.field_named(name.text))
        if (!value || entity.fields[*index].type == *expected)
            return field(static_cast<std::uint32_t>(scope_.bare), *index, span);
    if (value)
        return constant(Value::of(*value), *expected, span);
    if (name.text == "as_of")
        return operation(Op::EvaluationInstant, Type::of(TypeKind::Time), {}, span);
    const NamedThing* thing = context_.find(name.text);
    const bool no_value = thing != nullptr && thing->kind != NameKind::Definition &&
                          thing->kind != NameKind::Signal && thing->kind != NameKind::Rule;
    if (no_value && report_outer_field(name))
        return kError;
    if (const auto made = named_thing(name))
        return *made;
    return report_unknown_name(name, expected);
}

std::optional<ExprId> Checker::named_parameter(const ast::Name& name) {
    if (scope_.parameters == nullptr)
        return std::nullopt;
    std::uint32_t value_index = 0;
    for (const Parameter& parameter : *scope_.parameters) {
        if (parameter.name == name.text) {
            if (parameter.record) {
                context_.diagnostics.emit<RB1207>(name.span, name.text, "a record")
                    .help(fmt::format("name one of its fields: `{}.FIELD`", name.text));
                return kError;
            }
            Expression made;
            made.kind = ExpressionKind::Parameter;
            made.type = parameter.type;
            made.index = value_index;
            made.span = name.span;
            made.may_be_unknown = true; // whatever the caller gives
            return add(std::move(made));
        }
        value_index += parameter.record ? 0 : 1;
    }
    return std::nullopt;
}

std::optional<ExprId> Checker::named_thing(const ast::Name& name) {
    const NamedThing* thing = context_.find(name.text);
    if (thing == nullptr)
        return std::nullopt;
    switch (thing->kind) {
    case NameKind::Definition:
        return definition_as_value(thing->index, name);
    case NameKind::Signal:
        return signal_as_value(thing->index, name);
    case NameKind::Rule:
        return rule_as_value(thing->index, name);
    case NameKind::List:
        context_.diagnostics.emit<RB1207>(name.span, name.text, "a list")
            .help(fmt::format("ask whether a value is in it: `domain(email) in {}`", name.text));
        return kError;
    case NameKind::Enum:
    case NameKind::Entity:
    case NameKind::Lookup:
    case NameKind::Calendar:
    case NameKind::Policy:
        context_.diagnostics.emit<RB1207>(name.span, name.text, what_is(thing->kind));
        return kError;
    }
    return kError;
}

// A decision's name is its value; the others need a word more.
ExprId Checker::rule_as_value(std::uint32_t rule, const ast::Name& name) {
    const rulebook::plan::Rule& head = context_.book.rules[rule].head;
    if (context_.erroneous_names.contains(head.name))
        return kError;
    const std::string what = fmt::format("{} `{}`", spelling(head.kind), head.name);
    if (!layer_reaches(layer_of(head.kind), what, name.span))
        return kError;
    switch (head.kind) {
    case RuleKind::Decision: {
        const ExprId made = operation(Op::DecisionResult, head.type, {}, name.span);
        context_.book.expressions[made].index = rule;
        context_.book.expressions[made].may_be_unknown = head.optional;
        return made;
    }
    case RuleKind::Fit:
        context_.diagnostics.emit<RB1207>(name.span, name.text, "a fit")
            .help(fmt::format("say which of its results: `{0}.tier` or `{0}.score`", name.text));
        return kError;
    case RuleKind::Table:
        context_.diagnostics.emit<RB1207>(name.span, name.text, "a table")
            .help(fmt::format("say which of its outputs: `{}.OUTPUT`", name.text));
        return kError;
    case RuleKind::Trigger:
        context_.diagnostics.emit<RB1207>(name.span, name.text, "a trigger")
            .help(fmt::format("ask whether it has fired: `{} fired`", name.text));
        return kError;
    case RuleKind::Credit:
        context_.diagnostics.emit<RB1207>(name.span, name.text, "a credit rule");
        return kError;
    }
    return kError;
}

// A definition without parameters; one of a single record applies to the element at hand.
ExprId Checker::definition_as_value(std::uint32_t index, const ast::Name& name) {
    if (!definition_is_ready(context_, index, name.span))
        return kError;
    const Definition& definition = context_.book.definitions[index];
    Expression made;
    made.kind = ExpressionKind::Definition;
    made.type = definition.type;
    made.index = index;
    made.span = name.span;
    made.may_be_unknown = definition.may_be_unknown;
    if (definition.parameters.size() == 1 && definition.parameters[0].record &&
        definition.parameters[0].entity == scope_.bare_frame().entity)
        made.frames.push_back(static_cast<std::uint32_t>(scope_.bare));
    else if (!definition.parameters.empty()) {
        context_.diagnostics.emit<RB1207>(name.span, name.text, "a definition with parameters")
            .help(fmt::format("call it: `{}(…)`", name.text));
        return kError;
    }
    if (!layer_reaches(definition.layer, fmt::format("`{}`", name.text), name.span))
        return kError;
    return add(std::move(made));
}

// A signal named bare in `where` asks whether the element is one.
ExprId Checker::signal_as_value(std::uint32_t index, const ast::Name& name) {
    const Signal& signal = context_.book.signals[index];
    if (scope_.bare == 0 || scope_.bare_frame().entity != signal.collection) {
        const Entity& entity = context_.book.schema.entities[signal.collection];
        context_.diagnostics.emit<RB1207>(name.span, name.text, "a signal")
            .help(fmt::format("a signal is a condition on {}: `any({} where {})`",
                              entity.collection, entity.collection, name.text));
        return kError;
    }
    Expression made;
    made.kind = ExpressionKind::Signal;
    made.type = Type::of(TypeKind::Bool);
    made.index = index;
    made.level = static_cast<std::uint32_t>(scope_.bare);
    made.span = name.span;
    made.may_be_unknown = true;
    return add(std::move(made));
}

bool Checker::layer_reaches(int layer, std::string_view what, Span span) {
    if (scope_.definition) {
        int& own = context_.book.definitions[*scope_.definition].layer;
        own = std::max(own, layer);
        return true;
    }
    if (layer <= scope_.layer)
        return true;
    context_.diagnostics.emit<RB1402>(span, scope_.reader, what);
    return false;
}

// The nearest record around of that name, else the one whose fields are bare: `event.user` in
// `events where …` is the completing event's, where there is one.
std::optional<std::uint32_t> Checker::frame_named(std::string_view name) const {
    for (std::size_t i = scope_.frames.size(); i-- > 0;)
        if (i != scope_.bare && scope_.frames[i].name == name)
            return static_cast<std::uint32_t>(i);
    if (scope_.bare_frame().name == name)
        return static_cast<std::uint32_t>(scope_.bare);
    return std::nullopt;
}

// Whether the expression's type depends on what it is compared with.
bool Checker::needs_context(ast::ExprId id) const {
    if (file_.as<ast::IntLiteral>(id) != nullptr || file_.as<ast::DecimalLiteral>(id) != nullptr)
        return true;
    if (const auto* negate = file_.as<ast::Negate>(id))
        return needs_context(negate->operand);
    const auto* reference = file_.as<ast::NameReference>(id);
    if (reference == nullptr)
        return false;
    const std::string& name = reference->name.text;
    const NamedThing* thing = context_.find(name);
    const bool is_value =
        thing != nullptr && thing->kind != NameKind::Calendar && thing->kind != NameKind::Policy;
    if (name == "as_of" || is_value)
        return false;
    if (scope_.parameters != nullptr)
        for (const Parameter& parameter : *scope_.parameters)
            if (parameter.name == name)
                return false;
    return !context_.book.schema.entities[scope_.bare_frame().entity].field_named(name);
}

} // namespace rulec::model
