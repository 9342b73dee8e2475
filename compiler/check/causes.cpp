#include "compiler/check/causes.hpp"

#include "compiler/model/walk.hpp"

namespace rulec::check {

using model::Expression;
using rulebook::plan::Entity;
using rulebook::plan::Op;

const Entity& entity_of(const model::Rulebook& book, const FieldId& field) {
    return book.schema.entities[static_cast<std::size_t>(field.first)];
}

std::string name_of(const model::Rulebook& book, const FieldId& field) {
    const Entity& entity = entity_of(book, field);
    const std::string& name = entity.fields[field.second].name;
    return field.first == book.schema.root ? name : entity.name + "." + name;
}

bool reads_field(const Expression& expression) {
    return expression.kind == model::ExpressionKind::Operation && expression.op == Op::Field;
}

Causes causes_of(const model::Rulebook& book, model::ExprId id) {
    Causes causes;
    model::walk(book, {id}, [&](const Expression& expression) {
        if (model::rule_read(expression))
            causes.may_change = true;
        if (expression.kind != model::ExpressionKind::Operation)
            return;
        if (expression.op == Op::EvaluationInstant)
            causes.may_change = true;
        if (expression.op == Op::Aggregate) {
            const auto& aggregate = book.aggregates[expression.index];
            const Entity& entity = book.schema.entities[aggregate.collection];
            causes.may_change = causes.may_change || entity.visible_from().has_value();
        }
        if (!reads_field(expression))
            return;
        const FieldId field{expression.detail, expression.index};
        if (entity_of(book, field).is_untracked(expression.index))
            causes.untracked.insert("`" + name_of(book, field) + "`");
        else if (const auto& read = entity_of(book, field).fields[expression.index];
                 read.tracked || read.known_from)
            causes.may_change = true;
    });
    return causes;
}

} // namespace rulec::check
