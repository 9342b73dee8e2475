#include "runtime/plan/schema.hpp"

#include <algorithm>

namespace rulebook::plan {

namespace {

// The index of the first element whose `member` equals `name`.
template <class Elements, class Member>
std::optional<std::uint32_t> find_by(const Elements& elements, Member member,
                                     std::string_view name) {
    const auto found = std::ranges::find(elements, name, member);
    if (found == elements.end())
        return std::nullopt;
    return static_cast<std::uint32_t>(found - elements.begin());
}

} // namespace

std::optional<std::int64_t> EnumType::index_of(std::string_view value) const {
    const auto found = std::ranges::find(values, value);
    if (found == values.end())
        return std::nullopt;
    return found - values.begin();
}

std::optional<FieldIndex> Entity::field_named(std::string_view field_name) const {
    return find_by(fields, &Field::name, field_name);
}

std::optional<EntityIndex> Schema::entity_of_collection(std::string_view collection) const {
    return find_by(entities, &Entity::collection, collection);
}

std::optional<EntityIndex> Schema::entity_named(std::string_view name) const {
    return find_by(entities, &Entity::name, name);
}

bool Entity::is_untracked(FieldIndex index) const {
    const Field& field = fields[index];
    return !ordered_by && known_from != index && !field.key && !field.origin && !field.fixed &&
           !field.tracked && !field.sequence && !field.known_from;
}

std::optional<FieldIndex> Entity::origin_field() const {
    const auto found = std::ranges::find(fields, true, &Field::origin);
    return found == fields.end() ? std::nullopt
                                 : std::optional(static_cast<FieldIndex>(found - fields.begin()));
}

bool Schema::is_above(EntityIndex above, EntityIndex entity) const {
    auto parent = entities[entity].parent;
    for (std::size_t steps = 0; parent && steps < entities.size(); ++steps) {
        if (*parent == above && above != entity)
            return true;
        parent = entities[*parent].parent;
    }
    return false;
}

} // namespace rulebook::plan
