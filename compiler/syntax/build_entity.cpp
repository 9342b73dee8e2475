// Records, types, enums, definitions, signals.
#include "compiler/syntax/build_declarations.hpp"

namespace rulec::syntax {
namespace {

std::vector<ast::Name> enum_values(Builder& builder, Grammar::EnumValuesContext& context) {
    std::vector<ast::Name> out;
    for (auto* value : context.name())
        out.push_back(builder.name(value));
    return out;
}

void add_field_mark(Builder& builder, Grammar::FieldMarkContext& mark, ast::Field& field) {
    if (auto* doc = mark.text())
        return builder.once(field.doc, builder.text(*doc), *static_cast<Word*>(mark.start));
    const Word& word = *leaf(mark.children[0]);
    switch (word.getType()) {
    case Grammar::IN: {
        bool open = leaf_type(mark, 3) == Grammar::UNDER;
        ast::FieldRange range{builder.bound(*mark.bound(0)), builder.bound(*mark.bound(1)), open,
                              builder.span(mark)};
        return builder.once(field.range, range, word);
    }
    case Grammar::KEY:
        return builder.once(field.marks.key, builder.span(word), word);
    case Grammar::ORIGIN:
        return builder.once(field.marks.origin, builder.span(word), word);
    case Grammar::FIXED:
        return builder.once(field.marks.fixed, builder.span(word), word);
    case Grammar::TRACKED:
        return builder.once(field.marks.tracked, builder.span(word), word);
    case Grammar::SEQUENCE:
        return builder.once(field.marks.sequence, builder.span(word), word);
    default:
        builder.once(field.known_from, builder.name(mark.name()), word);
        if (auto* before = mark.bound(0))
            builder.once(field.before, builder.bound(*before), word);
    }
}

ast::Field build_field(Builder& builder, Grammar::FieldContext& context) {
    ast::Field field;
    field.name = builder.name(context.name());
    field.type = build_type(builder, *context.type());
    field.span = builder.span(context);
    for (auto* mark : context.fieldMark())
        add_field_mark(builder, *mark, field);
    return field;
}

void add_entity_mark(Builder& builder, Grammar::EntityMarkContext& mark, ast::Entity& entity) {
    if (auto* doc = mark.text())
        return builder.once(entity.doc, builder.text(*doc), *static_cast<Word*>(mark.start));
    const Word& word = *leaf(mark.children[0]);
    ast::Name name = builder.name(mark.name());
    switch (word.getType()) {
    case Grammar::OF:
        return builder.once(entity.parent, name, word);
    case Grammar::AS:
        return builder.once(entity.collection, name, word);
    case Grammar::KNOWN:
        return builder.once(entity.known_from, name, word);
    case Grammar::ORDERED:
        return builder.once(entity.ordered_by, name, word);
    default:
        return builder.once(entity.via, name, word);
    }
}

} // namespace

ast::TypeReference build_type(Builder& builder, Grammar::TypeContext& context) {
    ast::TypeReference type;
    type.span = builder.span(context);
    type.optional = context.QUESTION() != nullptr;
    if (auto* values = context.enumValues()) {
        type.enum_values = enum_values(builder, *values);
        return type;
    }
    type.name = builder.name(context.name(0));
    type.currency = builder.name(context.name(1));
    return type;
}

std::vector<ast::Parameter> build_parameters(Builder& builder,
                                             Grammar::ParametersContext* context) {
    std::vector<ast::Parameter> out;
    if (!sound(context))
        return out;
    for (auto* each : context->parameter())
        out.push_back(
            {builder.name(each->name()), build_type(builder, *each->type()), builder.span(*each)});
    return out;
}

ast::Enum build_enum(Builder& builder, Grammar::EnumerationContext& context) {
    return {builder.name(context.name()), context.ORDERED() != nullptr,
            enum_values(builder, *context.enumValues()), builder.span(context)};
}

ast::Entity build_entity(Builder& builder, Grammar::EntityContext& context) {
    ast::Entity entity;
    entity.name = builder.name(context.name());
    entity.span = builder.span(context);
    for_each_clause(builder, context.entityMark(),
                    [&](auto& mark) { add_entity_mark(builder, mark, entity); });
    for_each_clause(builder, context.field(),
                    [&](auto& field) { entity.fields.push_back(build_field(builder, field)); });
    return entity;
}

ast::Define build_define(Builder& builder, Grammar::DefineContext& context) {
    return {builder.name(context.name()), build_parameters(builder, context.parameters()),
            build_effective(builder, context.effective()), builder.expression(context.expression()),
            builder.span(context)};
}

ast::Signal build_signal(Builder& builder, Grammar::SignalContext& context) {
    return {builder.name(context.name()), builder.selection(*context.selection()),
            builder.span(context)};
}

} // namespace rulec::syntax
