// What is asked of a collection: count(users where …), sum(deals.amount …), first, last, windows.
#include "compiler/model/checker.hpp"

#include <fmt/format.h>

namespace rulec::model {

using rulebook::plan::Aggregate;
using rulebook::plan::AggregateKind;
using rulebook::plan::AggregateSource;
using rulebook::plan::Entity;
using rulebook::plan::WindowKind;

// Bare, a collection belongs to the record whose fields are bare, or to records below it; behind a
// record's name, to that record. `touches` bare in a credit rule are those that the rule takes;
// `account.deals` there leaves out the deal at hand.
std::optional<Checker::CollectionUse> Checker::collection(ast::ExprId id) const {
    const rulebook::plan::Schema& schema = context_.book.schema;
    const auto* reference = file_.as<ast::NameReference>(id);
    const auto* member = file_.as<ast::Member>(id);
    const auto* object = member != nullptr ? file_.as<ast::NameReference>(member->object) : nullptr;
    if (reference == nullptr && object == nullptr)
        return std::nullopt;
    const ast::Name& name = reference != nullptr ? reference->name : member->member;
    const auto entity = schema.entity_of_collection(name.text);
    if (!entity)
        return std::nullopt;
    if (reference != nullptr && scope_.credit && scope_.credit->touches == *entity)
        return CollectionUse{*entity, AggregateSource::RuleTouches, 0};
    const std::optional<std::uint32_t> level = object != nullptr
                                                   ? frame_named(object->name.text)
                                                   : static_cast<std::uint32_t>(scope_.bare);
    if (!level || !schema.is_above(scope_.frames[*level].entity, *entity))
        return std::nullopt;
    const bool deals =
        object != nullptr && scope_.credit && scope_.credit->deals == *entity && *level == 0;
    return CollectionUse{*entity, deals ? AggregateSource::OtherDeals : AggregateSource::Collection,
                         *level};
}

std::string Checker::collection_help(ast::ExprId id) const {
    const rulebook::plan::Schema& schema = context_.book.schema;
    const auto* reference = file_.as<ast::NameReference>(id);
    const auto* member = file_.as<ast::Member>(id);
    if (reference == nullptr && member == nullptr)
        return {};
    const std::string& name = reference != nullptr ? reference->name.text : member->member.text;
    const auto entity = schema.entity_of_collection(name);
    if (!entity || *entity == schema.root)
        return {};
    for (std::size_t level = scope_.frames.size(); level-- > 0;)
        if (schema.is_above(scope_.frames[level].entity, *entity))
            return fmt::format("`{}` belong to `{}`: write `{}.{}`", name,
                               scope_.frames[level].name, scope_.frames[level].name, name);
    return {};
}

// The windows of a selection; their bounds belong to the enclosing scope.
bool Checker::check_windows(const ast::Selection& selection, Elements& elements,
                            std::string_view consequence) {
    const Entity& entity = context_.book.schema.entities[elements.entity];
    elements.time_field = entity.visible_from();
    if (selection.by.present()) {
        const auto by = entity.field_named(selection.by.text);
        if (!by || !entity.fields[*by].type.is(TypeKind::Time)) {
            context_.diagnostics.emit<RB1105>(selection.by.span, selection.by.text, entity.name);
            return false;
        }
        elements.time_field = *by;
    }
    if (!selection.windows.empty() && !elements.time_field) {
        context_.diagnostics.emit<RB1311>(selection.windows[0].span, entity.collection,
                                          consequence);
        return false;
    }
    for (const ast::Window& window : selection.windows) {
        rulebook::plan::Window made;
        if (window.duration.present()) {
            const auto span = literal_span(context_, file_, window.duration);
            if (!span)
                return false;
            made.span = *span;
        }
        if (window.instant.present()) {
            made.anchor = check_instant(window.instant);
            if (!present(made.anchor))
                return false;
        }
        switch (window.kind) {
        case ast::WindowKind::InLast:
            made.kind = WindowKind::Last;
            break;
        case ast::WindowKind::InBefore:
            made.kind = WindowKind::LastBefore;
            break;
        case ast::WindowKind::Since:
        case ast::WindowKind::From:
            made.kind = WindowKind::Since;
            break;
        case ast::WindowKind::Before:
        case ast::WindowKind::Until:
            made.kind = WindowKind::Before;
            break;
        }
        elements.windows.push_back(made);
    }
    return true;
}

std::optional<Checker::Elements> Checker::check_elements(const ast::Selection& selection,
                                                         std::string_view user) {
    const auto use = collection(selection.value);
    if (!use) {
        if (file_.as<ast::Erroneous>(selection.value) == nullptr) {
            auto& report = context_.diagnostics.emit<RB1308>(file_[selection.value].span, user);
            if (std::string help = collection_help(selection.value); !help.empty())
                report.help(std::move(help));
        }
        return std::nullopt;
    }
    Elements elements;
    elements.owner_level = use->owner_level;
    elements.entity = use->entity;
    elements.source = use->source;
    if (!check_windows(selection, elements, "a window over it has no meaning"))
        return std::nullopt;
    if (selection.where.present()) {
        const Entity& entity = context_.book.schema.entities[use->entity];
        Checker inner(context_, file_, scope_.inside({use->entity, entity.name}));
        elements.where = inner.check_condition(selection.where);
        if (!present(elements.where))
            return std::nullopt;
    }
    return elements;
}

bool Checker::aggregate_takes(AggregateKind kind, Type value) const {
    switch (kind) {
    case AggregateKind::Sum:
    case AggregateKind::Avg:
        return value.is(TypeKind::Int) || value.is(TypeKind::Number) ||
               value.is(TypeKind::Percent) || value.is(TypeKind::Money) ||
               value.is(TypeKind::Duration);
    case AggregateKind::Min:
    case AggregateKind::Max:
        return has_order(value);
    default:
        return true;
    }
}

Type Checker::aggregate_type(AggregateKind kind, Type value) const {
    switch (kind) {
    case AggregateKind::Count:
    case AggregateKind::Distinct:
        return Type::of(TypeKind::Int);
    case AggregateKind::Any:
    case AggregateKind::Every:
        return Type::of(TypeKind::Bool);
    case AggregateKind::Avg:
        return value.is(TypeKind::Int) ? Type::of(TypeKind::Number) : value;
    default:
        return value;
    }
}

// What is taken of each element; `member` as in `sum(C.field)`. kError after a report.
ExprId Checker::check_taken_value(AggregateKind kind, const ast::Selection& selection,
                                  const ast::Member* member, Checker& inner,
                                  rulebook::plan::EntityIndex entity, const Type* expected) {
    const ExprId value = selection.of.present()
                             ? inner.check(selection.value, expected)
                             : inner.element_field(entity, member->member, selection.span);
    if (!present(value))
        return kError;
    const Type type = type_of(value);
    if (!aggregate_takes(kind, type)) {
        context_.diagnostics.emit<RB1306>(at(value).span, spelling(kind),
                                          "values that can be summed or ordered", say(type));
        return kError;
    }
    return value;
}

// `have`, which belongs to `every` and to nothing else. kNothing where it is rightly absent.
ExprId Checker::check_have(AggregateKind kind, const ast::Selection& selection, Span span,
                           Checker& inner) {
    if (kind != AggregateKind::Every) {
        if (!selection.have.present())
            return kNothing;
        context_.diagnostics.emit<RB1306>(file_[selection.have].span, spelling(kind), "no `have`",
                                          "one");
        return kError;
    }
    const ExprId have = inner.check_condition(selection.have);
    if (present(have))
        return have;
    if (!selection.have.present())
        context_.diagnostics.emit<RB1306>(span, spelling(kind), "a condition behind `have`",
                                          "without one");
    return kError;
}

ExprId Checker::check_aggregate(AggregateKind kind, const ast::Call& node, Span span,
                                const Type* expected) {
    const std::string_view name = spelling(kind);
    if (node.arguments.size() != 1) {
        context_.diagnostics.emit<RB1308>(span, name);
        return kError;
    }
    const ast::Selection& selection = node.arguments[0];
    const bool takes_value =
        kind != AggregateKind::Count && kind != AggregateKind::Any && kind != AggregateKind::Every;
    // `sum(X of C)`, `sum(C.field)`, `count(C)`.
    const auto* member = file_.as<ast::Member>(selection.value);
    const bool whole = collection(selection.value).has_value();
    ast::Selection picked = selection;
    if (selection.of.present())
        picked.value = selection.of;
    else if (!whole && member != nullptr)
        picked.value = member->object;
    else if (whole && takes_value) {
        context_.diagnostics.emit<RB1309>(span, name);
        return kError;
    }
    const auto elements = check_elements(picked, name);
    if (!elements)
        return kError;
    const Entity& entity = context_.book.schema.entities[elements->entity];
    Checker inner(context_, file_, scope_.inside({elements->entity, entity.name}));

    Aggregate made;
    made.kind = kind;
    made.source = elements->source;
    made.collection = elements->entity;
    made.owner_level = elements->owner_level;
    made.owner = scope_.frames[elements->owner_level].entity;
    made.where = elements->where;
    made.windows = elements->windows;
    made.has_time_field = elements->time_field.has_value();
    made.time_field = elements->time_field.value_or(0);
    const bool unordered =
        !made.has_time_field && (kind == AggregateKind::First || kind == AggregateKind::Last);
    if (unordered) {
        context_.diagnostics.emit<RB1311>(span, entity.collection,
                                          fmt::format("`{}` has no meaning", name));
        return kError;
    }
    if (takes_value) {
        made.value = check_taken_value(kind, selection, member, inner, elements->entity, expected);
    } else if (selection.of.present() || (!whole && member != nullptr)) {
        context_.diagnostics.emit<RB1306>(span, name, "a collection", "a value of each element");
        return kError;
    }
    if (made.value == kError)
        return kError;
    made.have = check_have(kind, selection, span, inner);
    if (made.have == kError)
        return kError;
    const Type value_type = made.value == kNothing ? Type{} : type_of(made.value);
    Expression expression;
    expression.op = Op::Aggregate;
    expression.type = aggregate_type(kind, value_type);
    expression.span = span;
    expression.level = static_cast<std::uint32_t>(scope_.frames.size());
    expression.index = static_cast<std::uint32_t>(context_.book.aggregates.size());
    expression.may_be_unknown = kind == AggregateKind::Min || kind == AggregateKind::Max ||
                                kind == AggregateKind::Avg || kind == AggregateKind::First ||
                                kind == AggregateKind::Last;
    context_.book.aggregates.push_back(std::move(made));
    return add(std::move(expression));
}

// In the scope of the element: its field of that name.
ExprId Checker::element_field(rulebook::plan::EntityIndex entity, const ast::Name& name,
                              Span span) {
    const Entity& element = context_.book.schema.entities[entity];
    const auto index = element.field_named(name.text);
    if (!index) {
        context_.diagnostics.emit<RB1205>(name.span, element.collection, name.text);
        return kError;
    }
    return field(static_cast<std::uint32_t>(scope_.bare), *index, span);
}

} // namespace rulec::model
