#include "runtime/plan/validator.hpp"

namespace rulebook::plan {

namespace {

bool adds_up(Type type) {
    return type.is(TypeKind::Int) || type.is(TypeKind::Number) || type.is(TypeKind::Percent) ||
           type.is(TypeKind::Money) || type.is(TypeKind::Duration);
}

} // namespace

void Validator::check_aggregate(const Aggregate& aggregate, std::uint32_t level, NodeId id,
                                Type type, Frames& frames) {
    require(level >= 1 && level < kFrames, "a frame is out of range");
    check_entity(aggregate.collection);
    require(aggregate.owner_level < level, "elements belong to a record of an inner frame");
    require(plan_.schema.is_above(aggregate.owner, aggregate.collection),
            "elements do not belong to the record that they are taken from");
    Frames owner = no_frames();
    owner[aggregate.owner_level] = aggregate.owner;
    merge(frames, owner);
    const Entity& entity = plan_.schema.entities[aggregate.collection];
    if (aggregate.has_time_field)
        require(aggregate.time_field < entity.fields.size() &&
                    entity.fields[aggregate.time_field].type.is(TypeKind::Time),
                "a collection is ordered by something that is no time");
    else
        require(aggregate.windows.empty() && aggregate.kind != AggregateKind::First &&
                    aggregate.kind != AggregateKind::Last,
                "a window over an unordered collection");
    Frames inner = no_frames();
    inner[level] = aggregate.collection;
    for (const NodeId part : {aggregate.where, aggregate.value, aggregate.have})
        if (part != kNoNode) {
            require(part < id, "an operand does not precede its user");
            merge(inner, frames_[part]);
        }
    for (const NodeId condition : {aggregate.where, aggregate.have})
        require(condition == kNoNode || letter_of(condition) == 'B',
                "a condition that is neither true nor false");
    inner[level] = kUnbound;
    merge(frames, inner);
    check_windows(aggregate, id, frames);
    check_aggregate_type(aggregate, type);
}

void Validator::check_windows(const Aggregate& aggregate, NodeId id, Frames& frames) {
    for (const Window& window : aggregate.windows) {
        if (window.kind == WindowKind::Last) {
            require(window.anchor == kNoNode, "a window until now has another end");
            continue;
        }
        require(window.anchor < id && plan_.nodes[window.anchor].type.is(TypeKind::Time),
                "a window has no instant");
        merge(frames, frames_[window.anchor]);
    }
}

void Validator::check_aggregate_type(const Aggregate& aggregate, Type type) {
    switch (aggregate.kind) {
    case AggregateKind::Count:
        return require(type.is(TypeKind::Int), "a count that is no int");
    case AggregateKind::Any:
    case AggregateKind::Every:
        require(aggregate.kind == AggregateKind::Any || aggregate.have != kNoNode,
                "`every` without `have`");
        return require(type.is(TypeKind::Bool), "an `any` that is no bool");
    case AggregateKind::Distinct:
        require(aggregate.value != kNoNode, "nothing to take from the elements");
        return require(type.is(TypeKind::Int), "a count that is no int");
    case AggregateKind::Sum:
    case AggregateKind::Avg: {
        const Type value = taken_type(aggregate);
        require(adds_up(value), "a sum of what cannot be added");
        const bool of_ints = aggregate.kind == AggregateKind::Avg && value.is(TypeKind::Int);
        return require(type == (of_ints ? Type::of(TypeKind::Number) : value),
                       "a sum or average of another type");
    }
    case AggregateKind::Min:
    case AggregateKind::Max:
        require(has_order(taken_type(aggregate)), "the least of what has no order");
        [[fallthrough]];
    default:
        return require(taken_type(aggregate) == type,
                       "an aggregate gives another type than its elements");
    }
}

Type Validator::taken_type(const Aggregate& aggregate) {
    require(aggregate.value != kNoNode, "nothing to take from the elements");
    return plan_.nodes[aggregate.value].type;
}

bool Validator::has_order(Type type) const {
    if (type.is(TypeKind::Enum))
        return type.enum_index() < plan_.schema.enums.size() &&
               plan_.schema.enums[type.enum_index()].ordered;
    return !type.is(TypeKind::Bool) && !type.is(TypeKind::Text);
}

} // namespace rulebook::plan
