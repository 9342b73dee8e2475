// Enums and entities.
#include "compiler/model/context.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/diagnostics/did_you_mean.hpp"

namespace rulec::model {

namespace {

using rulebook::plan::Entity;
using rulebook::plan::EntityIndex;
using rulebook::plan::EnumType;
using rulebook::plan::Field;
using rulebook::plan::Type;
using rulebook::plan::TypeKind;

constexpr std::string_view kMotion = "motion";

template <class Node>
std::vector<Declared<Node>> all_of(const Context& context) {
    std::vector<Declared<Node>> nodes;
    context.each<Node>(
        [&](const ast::File& file, const Node& node) { nodes.push_back({&file, &node}); });
    return nodes;
}

void build_enums(Context& context) {
    auto& enums = context.book.schema.enums;
    bool own_motion = false;
    for (const auto& declared : all_of<ast::Enum>(context)) {
        const ast::Enum& node = *declared.node;
        if (!context.declare(node.name, NameKind::Enum, static_cast<std::uint32_t>(enums.size())))
            continue;
        own_motion = own_motion || node.name.text == kMotion;
        enums.push_back({node.name.text, enum_names(context, node.values), node.ordered});
    }
    if (own_motion)
        return;
    const auto index = static_cast<std::uint32_t>(enums.size());
    context.names.try_emplace(std::string(kMotion), NamedThing{NameKind::Enum, index, Span{}});
    enums.push_back({std::string(kMotion), {"self_service", "sales_assisted", "hybrid"}, false});
}

void refuse_mark(Context& context, const ast::Field& node, Span mark, std::string_view is,
                 std::string_view why) {
    context.diagnostics.emit<RB1104>(mark, node.name.text, is, why);
}

void check_marks(Context& context, const ast::Field& node, const Field& field) {
    if (field.key && field.optional)
        refuse_mark(context, node, node.marks.key, "a key", "a key is never missing");
    if (field.key && !field.type.is(TypeKind::Text) && !field.type.is(TypeKind::Int))
        refuse_mark(context, node, node.marks.key, "a key", "keys are text or int");
    if (field.origin && !field.type.is(TypeKind::Time))
        refuse_mark(context, node, node.marks.origin, "the origin", "the origin is a time");
    if (field.origin && field.optional)
        refuse_mark(context, node, node.marks.origin, "the origin", "the origin is never missing");
    if (field.sequence && !field.type.is(TypeKind::Int))
        refuse_mark(context, node, node.marks.sequence, "a sequence", "a sequence is an int");
    if (field.tracked && field.fixed)
        refuse_mark(context, node, node.marks.tracked, "tracked", "it is fixed");
}

void build_range(Context& context, const ast::File& file, const ast::Field& node, Field& field) {
    if (!node.range)
        return;
    const TypeKind kind = field.type.kind;
    if (kind == TypeKind::Bool || kind == TypeKind::Text || kind == TypeKind::Enum) {
        context.diagnostics.emit<RB1106>(node.range->span, describe(context, field.type));
        return;
    }
    const auto low = literal_value(context, file, node.range->low, field.type);
    const auto high = literal_value(context, file, node.range->high, field.type);
    if (!low || !high)
        return;
    if (*high < *low)
        context.diagnostics.emit<RB1107>(node.range->span);
    field.range = rulebook::plan::ValueRange{*low, *high, node.range->high_open};
}

// Name, type and marks; what refers to other fields comes when all are there. A refused type leaves
// any in its place: the field is erroneous.
Field build_field(Context& context, const ast::Field& node, std::optional<Type> type) {
    Field field;
    field.name = node.name.text;
    field.type = type.value_or(Type::of(TypeKind::Text));
    field.optional = node.type.optional;
    field.key = node.marks.key.somewhere();
    field.origin = node.marks.origin.somewhere();
    field.fixed = node.marks.fixed.somewhere() || field.origin || field.key;
    field.tracked = node.marks.tracked.somewhere();
    field.sequence = node.marks.sequence.somewhere();
    field.doc = node.doc ? node.doc->value : "";
    if (type)
        check_marks(context, node, field);
    return field;
}

// A time field of the entity by name; reports anything else.
std::optional<rulebook::plan::FieldIndex> time_field(Context& context, EntityIndex entity_index,
                                                     const Entity& entity, const ast::Name& name) {
    if (!name.present())
        return std::nullopt;
    const auto index = entity.field_named(name.text);
    if (index && (entity.fields[*index].type.is(TypeKind::Time) ||
                  context.is_erroneous(entity_index, *index)))
        return index;
    auto& report = context.diagnostics.emit<RB1105>(name.span, name.text, entity.name);
    if (index && entity.fields[*index].type.is(TypeKind::Date))
        report.help("it is a date; declare it `time`: a date in the data is its first instant");
    std::vector<std::string> times;
    for (const Field& field : entity.fields)
        if (field.type.is(TypeKind::Time))
            times.push_back(field.name);
    if (!index)
        suggest(report, name.span, name.text, times);
    return std::nullopt;
}

void build_fields(Context& context, EntityIndex entity_index, const ast::Entity& node,
                  Entity& entity) {
    for (const ast::Field& field_node : node.fields) {
        const auto type = resolve_type(context, field_node.type);
        Field field = build_field(context, field_node, type);
        if (entity.field_named(field.name)) {
            context.diagnostics.emit<RB1102>(field_node.name.span, entity.name, field.name);
            continue;
        }
        const auto index = static_cast<rulebook::plan::FieldIndex>(entity.fields.size());
        if (!type)
            context.erroneous_fields.insert({entity_index, index});
        if (field.key)
            entity.key = index;
        if (field.sequence)
            entity.sequence = index;
        entity.fields.push_back(std::move(field));
    }
    entity.ordered_by = time_field(context, entity_index, entity, node.ordered_by);
    entity.known_from = time_field(context, entity_index, entity, node.known_from);
}

// `known from f, v before` and ranges: they read other fields and literals.
void complete_fields(Context& context, const ast::File& file, const ast::Entity& node,
                     EntityIndex entity_index, Entity& entity) {
    for (const ast::Field& field_node : node.fields) {
        const auto index = entity.field_named(field_node.name.text);
        if (!index)
            continue;
        const auto known_from = time_field(context, entity_index, entity, field_node.known_from);
        entity.fields[*index].known_from = known_from;
        if (context.is_erroneous(entity_index, *index))
            continue;
        if (field_node.before.present())
            entity.fields[*index].before =
                literal_value(context, file, field_node.before, entity.fields[*index].type);
        build_range(context, file, field_node, entity.fields[*index]);
    }
}

// A record's collection, where the source leaves it out.
std::string plural(const std::string& name) {
    if (name.ends_with('y') && name.size() > 1 &&
        std::string_view("aeiou").find(name[name.size() - 2]) == std::string_view::npos)
        return name.substr(0, name.size() - 1) + "ies";
    for (const std::string_view ending : {"s", "x", "ch", "sh"})
        if (name.ends_with(ending))
            return name + "es";
    return name + "s";
}

void build_entity(Context& context, const ast::Entity& node) {
    const auto index = static_cast<std::uint32_t>(context.book.schema.entities.size());
    if (!context.declare(node.name, NameKind::Entity, index))
        return;
    Entity entity;
    entity.name = node.name.text;
    entity.collection = node.collection.present() ? node.collection.text : plural(node.name.text);
    build_fields(context, index, node, entity);
    context.book.schema.entities.push_back(std::move(entity));
    context.book.entity_spans.push_back(node.name.span);
}

void check_collection_name(Context& context, const ast::Entity& node) {
    for (const Entity& other : context.book.schema.entities)
        if (other.name != node.name.text && node.collection.present() &&
            other.collection == node.collection.text && other.name < node.name.text)
            context.diagnostics.emit<RB1003>(node.collection.span, node.collection.text);
}

// Every chain of parents leads to the root, through records that have a key.
void check_parents(Context& context) {
    auto& schema = context.book.schema;
    context.each<ast::Entity>([&](const ast::File&, const ast::Entity& node) {
        const auto index = schema.entity_named(node.name.text);
        if (!index || *index == schema.root)
            return;
        const Span span = node.parent.present() ? node.parent.span : node.name.span;
        Entity& entity = schema.entities[*index];
        if (!schema.is_above(schema.root, *index))
            context.diagnostics.emit<RB1110>(span, node.name.text,
                                             node.parent.present() ? node.parent.text : "nothing");
        else if (!schema.entities[*entity.parent].key)
            context.diagnostics.emit<RB1112>(span, node.name.text, node.parent.text);
        else
            return;
        entity.parent.reset();
    });
}

// The root is the entity that the header names; every other one belongs to it.
void connect_entities(Context& context, const std::string& about, Span about_span) {
    auto& schema = context.book.schema;
    const auto root = schema.entity_named(about);
    if (!root) {
        auto& report = context.diagnostics.emit<RB1008>(about_span, about);
        suggest(report, about_span, about, context.names_of(NameKind::Entity));
        return;
    }
    schema.root = *root;
    context.each<ast::Entity>([&](const ast::File&, const ast::Entity& node) {
        const auto index = schema.entity_named(node.name.text);
        if (!index)
            return;
        if (*index == *root) {
            if (!schema.entities[*index].key)
                context.diagnostics.emit<RB1111>(node.name.span, node.name.text);
            return;
        }
        schema.entities[*index].parent = schema.entity_named(node.parent.text);
        schema.entities[*index].parent_key_column =
            node.via.present() ? node.via.text : node.parent.text + "_id";
    });
    check_parents(context);
}

} // namespace

void build_schema(Context& context) {
    build_enums(context);
    const auto entities = all_of<ast::Entity>(context);
    for (const auto& declared : entities)
        build_entity(context, *declared.node);
    std::string about;
    Span about_span;
    context.each<ast::RulebookHeader>([&](const ast::File&, const ast::RulebookHeader& node) {
        about = node.about.text;
        about_span = node.about.span;
    });
    if (context.book.schema.entities.empty()) {
        if (!about.empty())
            context.diagnostics.emit<RB1008>(about_span, about);
        return;
    }
    if (!about.empty())
        connect_entities(context, about, about_span);
    for (const auto& declared : entities) {
        check_collection_name(context, *declared.node);
        if (const auto index = context.book.schema.entity_named(declared.node->name.text)) {
            Entity completed = context.book.schema.entities[*index];
            complete_fields(context, *declared.file, *declared.node, *index, completed);
            context.book.schema.entities[*index] = std::move(completed);
        }
    }
}

std::optional<std::int64_t> enum_value(const Context& context, Type type, std::string_view value) {
    if (!type.is(TypeKind::Enum))
        return std::nullopt;
    return context.book.schema.enums[type.enum_index()].index_of(value);
}

} // namespace rulec::model
