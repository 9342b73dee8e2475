// What a name stands for, in the scope where it was written.
#include "compiler/model/checker.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diagnostics/did_you_mean.hpp"

namespace rulec::model {

namespace {

using rulebook::plan::Entity;
using rulebook::plan::RuleKind;

// Fits give an enum of tiers, a score, and two facts about the evaluation.
struct FitMember {
    std::string_view name;
    Op op;
    TypeKind type;
};
constexpr FitMember kFitMembers[] = {
    {"score", Op::FitScore, TypeKind::Points},
    {"tier", Op::FitTier, TypeKind::Enum},
    {"out", Op::FitOut, TypeKind::Bool},
    {"unknowns", Op::FitUnknowns, TypeKind::Int},
};

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
    if (const auto thing = named_thing(name))
        return *thing;
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
        context_.diagnostics.emit<RB1207>(name.span, name.text, what_is(thing->kind));
        return kError;
    }
    return kError;
}

// A decision's name is its value; the others need a word more.
ExprId Checker::rule_as_value(std::uint32_t rule, const ast::Name& name) {
    const rulebook::plan::Rule& head = context_.book.rules[rule].head;
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

std::optional<std::uint32_t> Checker::frame_named(std::string_view name) const {
    for (std::size_t i = scope_.frames.size(); i-- > 0;)
        if (scope_.frames[i].name == name)
            return static_cast<std::uint32_t>(i);
    return std::nullopt;
}

ExprId Checker::report_unknown_name(const ast::Name& name, const Type* expected) {
    const auto& entities = context_.book.schema.entities;
    const Entity& own = entities[scope_.bare_frame().entity];
    for (std::size_t i = scope_.frames.size(); i-- > 0;) {
        if (i == scope_.bare || !entities[scope_.frames[i].entity].field_named(name.text))
            continue;
        context_.diagnostics.emit<RB1204>(name.span, name.text, scope_.frames[i].name, own.name)
            .help(fmt::format("write `{}.{}`", scope_.frames[i].name, name.text))
            .fix(name.span, fmt::format("{}.{}", scope_.frames[i].name, name.text));
        return kError;
    }
    if (context_.book.schema.entity_of_collection(name.text)) {
        context_.diagnostics.emit<RB1207>(name.span, name.text, "a collection")
            .help(fmt::format("ask something of it: `count({0})`, `any({0} where …)`", name.text));
        return kError;
    }
    std::vector<std::string> owners; // enums with a value of that name
    for (const auto& type : context_.book.schema.enums)
        if (!type.name.empty() && type.index_of(name.text))
            owners.push_back(fmt::format("{}.{}", type.name, name.text));
    if (owners.size() > 1) {
        context_.diagnostics
            .emit<RB1206>(name.span, name.text, fmt::format("`{}`", fmt::join(owners, "`, `")))
            .help(fmt::format("write `{}`", fmt::join(owners, "` or `")));
        return kError;
    }
    if (expected != nullptr && expected->is(TypeKind::Enum)) {
        const auto& values = context_.book.schema.enums[expected->enum_index()].values;
        auto& report = context_.diagnostics.emit<RB1208>(name.span, name.text, say(*expected));
        if (const auto near = did_you_mean(name.text, values))
            report.help(fmt::format("did you mean `{}`?", *near));
        else
            report.help(fmt::format("its values are {}", fmt::join(values, ", ")));
        return kError;
    }
    auto& report = context_.diagnostics.emit<RB1203>(name.span, name.text);
    std::vector<std::string> candidates;
    for (const auto& candidate : own.fields)
        candidates.push_back(candidate.name);
    for (const auto& [known, thing] : context_.names)
        candidates.push_back(known);
    if (owners.size() == 1)
        report.help(fmt::format("the value of the enum is written `{}` here", owners[0]));
    else if (const auto near = did_you_mean(name.text, candidates))
        report.help(fmt::format("did you mean `{}`?", *near));
    else
        report.help(fmt::format("`{}` has the fields {}", own.name,
                                fmt::join(std::span(candidates).first(own.fields.size()), ", ")));
    return kError;
}

// `record.field`, `enum.value`, `rule.result`.
ExprId Checker::check_member(const ast::Member& node, Span span) {
    if (const auto* object = file_.as<ast::NameReference>(node.object))
        return check_member_of_name(object->name, node.member, span);
    const ExprId object = check(node.object);
    if (present(object))
        context_.diagnostics.emit<RB1205>(node.member.span, say(type_of(object)), node.member.text);
    return kError;
}

ExprId Checker::check_member_of_name(const ast::Name& object, const ast::Name& member, Span span) {
    if (const auto frame = frame_named(object.text)) {
        const Entity& entity = context_.book.schema.entities[scope_.frames[*frame].entity];
        if (const auto index = entity.field_named(member.text))
            return field(*frame, *index, span);
        auto& report = context_.diagnostics.emit<RB1205>(member.span, object.text, member.text);
        std::vector<std::string> fields;
        for (const auto& candidate : entity.fields)
            fields.push_back(candidate.name);
        if (const auto near = did_you_mean(member.text, fields))
            report.help(fmt::format("did you mean `{}`?", *near)).fix(member.span, *near);
        return kError;
    }
    const NamedThing* thing = context_.find(object.text);
    if (thing != nullptr && thing->kind == NameKind::Enum) {
        const Type type = Type::enumeration(thing->index);
        if (const auto value = enum_value(context_, type, member.text))
            return constant(Value::of(*value), type, span);
        return report_unknown_name(member, &type);
    }
    if (thing != nullptr && thing->kind == NameKind::Rule)
        return rule_member(thing->index, member, span);
    if (context_.book.schema.entity_of_collection(object.text)) {
        context_.diagnostics
            .emit<RB1207>(span, context_.sources.text(span), "a field of a collection")
            .help(fmt::format("say of which record: `sum({0}.{1})`, `last({0}.{1})`", object.text,
                              member.text));
        return kError;
    }
    if (thing != nullptr && thing->kind == NameKind::Entity) {
        context_.diagnostics.emit<RB1207>(object.span, object.text, "no record at hand here")
            .help("records are named inside `where` of their collection");
        return kError;
    }
    const Entity& own = context_.book.schema.entities[scope_.bare_frame().entity];
    if (own.field_named(object.text)) {
        context_.diagnostics.emit<RB1205>(member.span, object.text, member.text);
        return kError;
    }
    return report_unknown_name(object, nullptr);
}

ExprId Checker::rule_member(std::uint32_t rule, const ast::Name& member, Span span) {
    const rulebook::plan::Rule& head = context_.book.rules[rule].head;
    if (!layer_reaches(layer_of(head.kind), fmt::format("{} `{}`", spelling(head.kind), head.name),
                       span))
        return kError;
    if (head.kind == RuleKind::Fit) {
        for (const FitMember& known : kFitMembers) {
            if (known.name != member.text)
                continue;
            const bool tier = known.type == TypeKind::Enum;
            if (tier && !head.type.is(TypeKind::Enum))
                break;
            const ExprId made =
                operation(known.op, tier ? head.type : Type::of(known.type), {}, span);
            context_.book.expressions[made].index = rule;
            return made;
        }
        context_.diagnostics.emit<RB1205>(member.span, head.name, member.text)
            .help("a fit has `.score`, `.out`, `.unknowns` and, where it declares tiers, `.tier`");
        return kError;
    }
    if (head.kind == RuleKind::Table) {
        const auto& outputs = context_.book.tables[head.versions[0]].outputs;
        for (std::size_t i = 0; i < outputs.size(); ++i)
            if (outputs[i].name == member.text) {
                const ExprId made = operation(Op::TableOutput, outputs[i].type, {}, span,
                                              static_cast<std::int64_t>(i));
                context_.book.expressions[made].index = rule;
                return made;
            }
    }
    context_.diagnostics.emit<RB1205>(member.span, head.name, member.text);
    return kError;
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
    if (name == "as_of" || context_.find(name) != nullptr)
        return false;
    if (scope_.parameters != nullptr)
        for (const Parameter& parameter : *scope_.parameters)
            if (parameter.name == name)
                return false;
    return !context_.book.schema.entities[scope_.bare_frame().entity].field_named(name);
}

} // namespace rulec::model
