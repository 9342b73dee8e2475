#include "runtime/plan/validator.hpp"

namespace rulebook::plan {

void Validator::check_schema() {
    require(!plan_.schema.entities.empty(), "no entity");
    check_entity(plan_.schema.root);
    for (const EnumType& type : plan_.schema.enums)
        require(!type.values.empty(), "an enum without values");
    for (const Entity& entity : plan_.schema.entities) {
        if (entity.parent)
            check_entity(*entity.parent);
    }
    for (const Entity& entity : plan_.schema.entities) {
        std::size_t above = 0;
        for (auto parent = entity.parent; parent; parent = plan_.schema.entities[*parent].parent)
            require(++above <= plan_.schema.entities.size(), "records belong to themselves");
        for (const auto& reference :
             {entity.key, entity.ordered_by, entity.known_from, entity.sequence})
            if (reference)
                require(*reference < entity.fields.size(), "a field index is out of range");
        if (entity.visible_from())
            require(entity.fields[*entity.visible_from()].type.is(TypeKind::Time),
                    "records are ordered by something that is no time");
        for (const Field& field : entity.fields)
            check_field(entity, field);
    }
}

void Validator::check_field(const Entity& entity, const Field& field) {
    check_type(field.type);
    if (field.known_from) {
        require(*field.known_from < entity.fields.size(), "a field index is out of range");
        require(entity.fields[*field.known_from].type.is(TypeKind::Time),
                "`known from` names something that is no time");
    }
    if (field.before)
        check_value(*field.before, field.type);
    if (field.range) {
        check_value(field.range->low, field.type);
        check_value(field.range->high, field.type);
    }
}

void Validator::check_type(Type type) {
    if (type.is(TypeKind::Enum))
        require(type.enum_index() < plan_.schema.enums.size(), "an enum index is out of range");
    if (type.is(TypeKind::Money))
        require(Currency::of(type.currency().code()) == type.currency(), "an unknown currency");
}

void Validator::check_value(const Value& value, Type type) {
    if (!value.known())
        return;
    static constexpr std::string_view kLetters = "?BIRT";
    require(kLetters[value.alternative()] == letter(representation(type.kind)),
            "a value is not held as its type says");
    if (type.is(TypeKind::Enum))
        require(value.integer() >= 0 &&
                    value.integer() < static_cast<std::int64_t>(
                                          plan_.schema.enums[type.enum_index()].values.size()),
                "an enum value is out of range");
}

void Validator::check_entity(EntityIndex entity) {
    require(entity < plan_.schema.entities.size(), "an entity index is out of range");
}

} // namespace rulebook::plan
